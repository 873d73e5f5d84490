import { printParseErrorCode, visit } from "jsonc-parser";
import { deeperAt, MAX_NESTING, tooDeep } from "./nesting";

/** The first thing that keeps a text from being JSON, and its offset (null where none can be named). */
export interface JsonFault {
  readonly offset: number | null;
  readonly reason: string;
}

const reasons: Readonly<Record<string, string>> = {
  InvalidSymbol: "a word that JSON does not know",
  InvalidNumberFormat: "a number that JSON does not allow",
  PropertyNameExpected: "a key is missing",
  ValueExpected: "a value is missing",
  ColonExpected: "a colon is missing",
  CommaExpected: "a comma is missing",
  CloseBraceExpected: "a closing } is missing",
  CloseBracketExpected: "a closing ] is missing",
  EndOfFileExpected: "there is more text after the end",
  InvalidCommentToken: "a comment, which JSON does not allow",
  UnexpectedEndOfComment: "a comment, which JSON does not allow",
  UnexpectedEndOfString: "a string does not end",
  UnexpectedEndOfNumber: "a number does not end",
  InvalidUnicode: "a broken \\u escape",
  InvalidEscapeCharacter: "an escape that JSON does not know",
  InvalidCharacter: "a character that JSON does not allow",
};

const conflictMarker = /^(?:<{7}|\|{7}|={7}|>{7})(?:[ \t].*)?\r?$/m;

/** What is wrong with a text that JSON.parse refuses. The reason never quotes the text. */
export function findJsonFault(text: string): JsonFault {
  const marker = conflictMarker.exec(text);
  if (marker !== null)
    return { offset: marker.index, reason: "git conflict markers: resolve the conflict in this file" };
  const faults: JsonFault[] = [];
  try {
    visit(
      text,
      { onError: (code, offset) => faults.length === 0 && faults.push({ offset, reason: wording(code) }) },
      strict,
    );
  } catch (error) {
    // The visitor recurses: brackets nested by the ten thousand end its stack.
    if (!(error instanceof RangeError)) throw error;
    return faults[0] ?? { offset: deeperAt(text, MAX_NESTING), reason: `not valid JSON: ${tooDeep}` };
  }
  return faults[0] ?? { offset: null, reason: "not valid JSON" };
}

const strict = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };

function wording(code: Parameters<typeof printParseErrorCode>[0]): string {
  const known = reasons[printParseErrorCode(code)];
  return known === undefined ? "not valid JSON" : `not valid JSON: ${known}`;
}
