import type { JsonObject, JsonValue } from "../kernel/json";
import { memberOf, memberSpans, type ContainerSpan, type MemberSpan, type Span } from "./jsonSpans";
import { renderNewMember, renderValue, type Layout } from "./layout";
import { block, isFlat, obsidianJson } from "./obsidianJson";
import { sequenceEdits } from "./sequenceEdits";
import type { TextEdit } from "./textEdits";

/** Sets keys of one entry (null: takes them away). Every other byte of the entry stays. */
export function entryEdits(
  text: string,
  layout: Layout,
  span: Span,
  before: JsonObject,
  changes: ReadonlyMap<string, JsonValue>,
): readonly TextEdit[] {
  const object = memberSpans(text, span.start);
  const flat = isFlat({ ...before, ...Object.fromEntries(changes) });
  if (layout.kind === "obsidian" && flat !== isFlat(before)) {
    return [{ ...span, text: relaidEntry(text, layout.lineEnd, object, changes, flat) }];
  }
  const removed = new Set(object.items.flatMap((member, index) => (changes.get(member.key) === null ? [index] : [])));
  const values: TextEdit[] = [];
  const added: string[] = [];
  for (const [key, value] of changes) {
    if (value === null) continue;
    const member = memberOf(object, key);
    if (member === undefined) added.push(renderNewMember(text, layout, object, key, value));
    else values.push({ start: member.valueStart, end: member.end, text: renderValue(text, layout, object, value) });
  }
  return [...values, ...sequenceEdits(text, object, removed, added, { lead: "", tail: "" })];
}

// Obsidian writes an entry on one line or on many by what it holds. A change of that kind lays the entry out anew,
// from the texts of its members as they are.
function relaidEntry(
  text: string,
  lineEnd: string,
  object: ContainerSpan<MemberSpan>,
  changes: ReadonlyMap<string, JsonValue>,
  flat: boolean,
): string {
  const old = new Map(object.items.map((member) => [member.key, member]));
  const members = [...new Set([...old.keys(), ...changes.keys()])].flatMap((key) => {
    const member = old.get(key);
    const value = changes.get(key);
    if (value === null) return [];
    const name = member === undefined ? JSON.stringify(key) : text.slice(member.start, member.keyEnd);
    const written = value === undefined ? text.slice(member?.valueStart, member?.end) : obsidianJson(value, 3, lineEnd);
    return [`${name}:${written}`];
  });
  return flat ? `{${members.join(",")}}` : block("{", members, "}", 2, lineEnd);
}
