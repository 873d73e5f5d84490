/** A part of a text: from `start` up to, but not with, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One key and value of an object. The span reaches from the key's first quote to the end of the value. */
export interface MemberSpan extends Span {
  readonly key: string;
  readonly keyEnd: number;
  readonly valueStart: number;
}

/** A list or an object: `start` at its opening bracket, `end` behind the closing one. */
export interface ContainerSpan<T extends Span> extends Span {
  readonly items: readonly T[];
}

const TAB = 9;
const LINE_FEED = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

// These functions expect a text that JSON.parse accepts, and then know every place without building a tree:
// for a canvas of 20,000 entries that is a thirtieth of the time of a full syntax tree.

/** The elements of the list that begins at `start`. */
export function elementSpans(text: string, start: number): ContainerSpan<Span> {
  const items: Span[] = [];
  let at = skipSpace(text, start + 1);
  while (text.charCodeAt(at) !== CLOSE_BRACKET) {
    const end = endOfValue(text, at);
    items.push({ start: at, end });
    at = skipSeparator(text, end);
  }
  return { start, end: at + 1, items };
}

/**
 * The members of the object that begins at `start`, repeated keys included. `endOf` says where the value at an offset
 * ends, for callers that want to see values on the way.
 */
export function memberSpans(
  text: string,
  start: number,
  endOf: (text: string, start: number) => number = endOfValue,
): ContainerSpan<MemberSpan> {
  const items: MemberSpan[] = [];
  let at = skipSpace(text, start + 1);
  while (text.charCodeAt(at) !== CLOSE_BRACE) {
    const keyEnd = endOfString(text, at);
    const key = JSON.parse(text.slice(at, keyEnd)) as string;
    const colon = skipSpace(text, keyEnd);
    if (text.charCodeAt(colon) !== COLON) throw new SyntaxError(`expected a colon at ${colon}`);
    const valueStart = skipSpace(text, colon + 1);
    const end = endOf(text, valueStart);
    items.push({ key, start: at, keyEnd, valueStart, end });
    at = skipSeparator(text, end);
  }
  return { start, end: at + 1, items };
}

/** The member that counts when a key is repeated: the last one, as for JSON.parse. */
export function memberOf(object: ContainerSpan<MemberSpan>, key: string): MemberSpan | undefined {
  return object.items.filter((member) => member.key === key).at(-1);
}

/** The first offset at or behind `at` that holds no JSON white space. */
export function skipSpace(text: string, at: number): number {
  let next = at;
  for (;;) {
    const char = text.charCodeAt(next);
    if (char !== SPACE && char !== LINE_FEED && char !== TAB && char !== RETURN) return next;
    next += 1;
  }
}

/** The offset behind the closing quote of the string that begins at `start`; the text's length when it has none. */
export function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
  }
  return text.length;
}

/** The offset behind the value that begins at `start`. */
export function endOfValue(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return endOfString(text, start);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return endOfContainer(text, start);
  let end = start;
  while (end < text.length && !endsPrimitive(text.charCodeAt(end))) end += 1;
  if (end === start) throw new SyntaxError(`expected a value at ${start}`);
  return end;
}

function endOfContainer(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const char = text.charCodeAt(at);
    if (char === QUOTE) {
      at = endOfString(text, at);
      continue;
    }
    at += 1;
    if (char === OPEN_BRACE || char === OPEN_BRACKET) depth += 1;
    else if (char === CLOSE_BRACE || char === CLOSE_BRACKET) depth -= 1;
    if (depth === 0) return at;
  }
  throw new SyntaxError(`expected the end of what begins at ${start}`);
}

function endsPrimitive(char: number): boolean {
  return char === COMMA || char === CLOSE_BRACE || char === CLOSE_BRACKET || char <= SPACE;
}

function skipSeparator(text: string, at: number): number {
  const next = skipSpace(text, at);
  const char = text.charCodeAt(next);
  if (char === COMMA) return skipSpace(text, next + 1);
  if (char === CLOSE_BRACE || char === CLOSE_BRACKET) return next;
  throw new SyntaxError(`expected a comma at ${next}`);
}
