/** A count with its word: `1 canvas`, `2 canvases`. `many` is for plurals that do not end in a mere s. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
