const HEAD = '{"v":1,"id":"';
/** Where the id begins in a line of the shape that `quickSeq` knows. */
export const ID_OFFSET = HEAD.length;
const ID_END = ID_OFFSET + 64;
const TYPE = '","type":"';
const AT = '","at":';
const HLC = ',"hlc":"';
const SEQ = '","seq":';

/**
 * The `seq` of a line that has the keys `v, id, type, at, hlc, seq, device` in this order and is of this device, or
 * null when it does not look so. Reads no JSON: inside a JSON string every quote has a backslash before it, so a
 * quote that has none ends the string, and each key is looked for only where the one before it ended.
 */
export function quickSeq(line: string, device: string): number | null {
  if (!line.startsWith(HEAD) || !line.startsWith(TYPE, ID_END)) return null;
  const at = line.indexOf(AT, ID_END + TYPE.length);
  if (at < 0) return null;
  const hlc = endOfDigits(line, at + AT.length);
  if (!line.startsWith(HLC, hlc)) return null;
  const hlcEnd = line.indexOf('"', hlc + HLC.length);
  if (hlcEnd < 0 || !line.startsWith(SEQ, hlcEnd)) return null;
  const start = hlcEnd + SEQ.length;
  const end = endOfDigits(line, start);
  if (end === start || end - start > 15 || line[start] === "0") return null;
  if (!line.startsWith(`,"device":"${device}"`, end)) return null;
  return Number(line.slice(start, end));
}

function endOfDigits(line: string, start: number): number {
  let index = start;
  for (;;) {
    const code = line.charCodeAt(index);
    if (code < 48 || code > 57 || Number.isNaN(code)) return index;
    index += 1;
  }
}
