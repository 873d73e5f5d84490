import type { JsonValue } from "../kernel/json";
import { reasonOf } from "../kernel/reasonOf";
import type { TaskKind } from "./kind";

/** Characters of JSON of one item. What is larger belongs into a file that the item names. */
const MOST_CHARS = 1_000_000;

/** Length of the item's JSON. Throws RangeError that names the item and says why it is none of this kind. */
export function checkItem(kind: TaskKind, item: JsonValue, position: number): number {
  const text = textOf(item, position);
  if (text.length > MOST_CHARS) throw badItem(position, `its JSON has ${text.length} characters, and ${MOST_CHARS} are allowed`);
  const fault = faultOf(kind, item);
  if (fault !== null) throw badItem(position, fault);
  return text.length;
}

export function badItem(position: number, reason: string): RangeError {
  return new RangeError(`Item ${position} of the task is refused: ${reason}`);
}

function textOf(item: unknown, position: number): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(item);
  } catch (error) {
    throw badItem(position, reasonOf(error));
  }
  if (text === undefined) throw badItem(position, `${typeof item} is no JSON`);
  return text;
}

function faultOf(kind: TaskKind, item: JsonValue): string | null {
  try {
    return kind.check(item);
  } catch (error) {
    return reasonOf(error);
  }
}
