/** Eight hex digits as a number. Anything else gives some number, the same for the same text. */
export function idWord(text: string, offset: number): number {
  let value = 0;
  for (let index = offset; index < offset + 8; index += 1) {
    const code = text.charCodeAt(index);
    value = (value << 4) | (code <= 57 ? code & 15 : (code & 7) + 9);
  }
  return value >>> 0;
}
