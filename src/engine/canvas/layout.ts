import type { JsonObject, JsonValue } from "../kernel/json";
import { memberSpans, type ContainerSpan, type MemberSpan, type Span } from "./jsonSpans";
import { obsidianJson } from "./obsidianJson";
import { separatorOf, type Padding } from "./sequenceEdits";

/** How a file writes an object: what stands behind `{`, around a colon, between members and before `}`. */
interface ObjectStyle {
  readonly open: string;
  readonly colon: string;
  readonly separator: string;
  readonly close: string;
}

/** How a file is laid out, read off the file itself. */
export type Layout =
  | { readonly kind: "obsidian"; readonly lineEnd: string }
  | {
      readonly kind: "foreign";
      readonly lineEnd: string;
      /** White space of one step of indentation; empty in a file on one line. */
      readonly step: string;
      readonly root: ObjectStyle;
    };

/** The layout of a file whose root object has members. */
export function layoutOf(text: string, root: ContainerSpan<MemberSpan>): Layout {
  const style = styleOf(text, root);
  const lineEnd = lineEndOf(text);
  if (style.colon === ":" && style.open === `${lineEnd}\t`) return { kind: "obsidian", lineEnd };
  return { kind: "foreign", lineEnd, step: afterLineEnd(style.open) ?? "", root: style };
}

/** `\r\n` when the first line ends so, else `\n`. */
export function lineEndOf(text: string): string {
  const feed = text.indexOf("\n");
  return feed > 0 && text[feed - 1] === "\r" ? "\r\n" : "\n";
}

/** White space for a list of the root that has no entries yet. */
export function listPadding(layout: Layout): Padding {
  if (layout.kind === "obsidian") return { lead: `${layout.lineEnd}\t\t`, tail: `${layout.lineEnd}\t` };
  if (layout.step === "") return { lead: "", tail: "" };
  return { lead: layout.lineEnd + layout.step.repeat(2), tail: layout.lineEnd + layout.step };
}

/** What stands between a key of the root and its value. */
export function rootColon(layout: Layout): string {
  return layout.kind === "obsidian" ? ":" : layout.root.colon;
}

/** A new node or edge as the file would write it, in the style of `neighbour`, an entry of the same file. */
export function renderEntry(text: string, layout: Layout, entry: JsonObject, neighbour: Span | null): string {
  if (layout.kind === "obsidian") return obsidianJson(entry, 2, layout.lineEnd);
  const sample = neighbour === null ? null : memberSpans(text, neighbour.start);
  const style = sample === null || sample.items.length === 0 ? entryStyle(layout) : styleOf(text, sample);
  const members = Object.entries(entry).map(([key, value]) => renderMember(layout, style, key, value));
  return `{${style.open}${members.join(style.separator)}${style.close}}`;
}

/** A new key with its value, as the object at `object` would write it. */
export function renderNewMember(
  text: string,
  layout: Layout,
  object: ContainerSpan<MemberSpan>,
  key: string,
  value: JsonValue,
): string {
  return renderMember(layout, styleOf(text, object), key, value);
}

/** A new value for a key of the object at `object`. */
export function renderValue(text: string, layout: Layout, object: ContainerSpan<MemberSpan>, value: JsonValue): string {
  return renderNested(layout, styleOf(text, object), value);
}

function renderMember(layout: Layout, style: ObjectStyle, key: string, value: JsonValue): string {
  return `${JSON.stringify(key)}${style.colon}${renderNested(layout, style, value)}`;
}

function renderNested(layout: Layout, style: ObjectStyle, value: JsonValue): string {
  if (layout.kind === "obsidian") return obsidianJson(value, 3, layout.lineEnd);
  const indent = afterLineEnd(style.open);
  if (indent === null || layout.step === "") return JSON.stringify(value);
  return JSON.stringify(value, null, layout.step).replaceAll("\n", layout.lineEnd + indent);
}

function entryStyle(layout: Layout & { readonly kind: "foreign" }): ObjectStyle {
  const { step, lineEnd, root } = layout;
  if (step === "") return root;
  const open = lineEnd + step.repeat(3);
  return { open, colon: root.colon, separator: `,${open}`, close: lineEnd + step.repeat(2) };
}

function styleOf(text: string, object: ContainerSpan<MemberSpan>): ObjectStyle {
  const [first] = object.items;
  const last = object.items.at(-1);
  if (first === undefined || last === undefined) return { open: "", colon: ":", separator: ",", close: "" };
  return {
    open: text.slice(object.start + 1, first.start),
    colon: text.slice(first.keyEnd, first.valueStart),
    separator: separatorOf(text, object),
    close: text.slice(last.end, object.end - 1),
  };
}

function afterLineEnd(space: string): string | null {
  const feed = space.lastIndexOf("\n");
  return feed === -1 ? null : space.slice(feed + 1);
}
