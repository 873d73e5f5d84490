import { isOfFile, type DeadLetterView } from "../../engine/index";
import type { Format } from "../text/format";
import type { PanelAction, PanelButton, Row } from "./panelView";
import { rowsOf } from "./rows";
import type { Rows } from "./rows";
import { fill, strings } from "../text/strings";

/** Why the letters below it were refused, and what helps. */
export interface Cause {
  readonly class: string;
  readonly count: number;
}

/** A line of the list, in as little as it takes to make its row when it is shown: there may be ten thousand. */
export type LetterEntry =
  | { readonly kind: "cause"; readonly key: string; readonly cause: Cause }
  | { readonly kind: "letter"; readonly key: string; readonly letter: DeadLetterView };

export interface LetterList {
  readonly title: string;
  readonly buttons: readonly PanelButton[];
  readonly rows: Rows<LetterEntry>;
  readonly causeRow: (cause: Cause) => CauseRow;
  readonly letterRow: (letter: DeadLetterView) => Row;
}

export interface CauseRow {
  readonly title: string;
  readonly help: string;
  readonly buttons: readonly PanelButton[];
}

// Everything that changes makes the panel look again, and the letters are mostly the same then.
const grouped = new WeakMap<readonly DeadLetterView[], Rows<LetterEntry>>();

/** Events that a store refused, by their cause, the most frequent one first. Null when there are none. */
export function letterList(dead: readonly DeadLetterView[], format: Format): LetterList | null {
  if (dead.length === 0) return null;
  const words = strings.dead;
  const rows = grouped.get(dead) ?? rowsOf(entriesOf(dead), ({ key }) => key, (entry) => entry);
  grouped.set(dead, rows);
  return {
    title: words.title,
    buttons: [
      { label: words.retry, action: { kind: "retry-failed" }, primary: false },
      { label: words.discard, action: { kind: "discard-failed" }, primary: false },
    ],
    rows,
    causeRow: (cause) => causeRow(cause, format),
    letterRow: (letter) => letterRow(letter, format),
  };
}

/** What a letter is about, in words. */
export function aboutLetter({ canvasPath, subject, type }: Pick<DeadLetterView, "canvasPath" | "subject" | "type">): string {
  const words = strings.dead;
  const path = pathOf({ canvasPath, subject });
  return fill(path === null ? words.noPath : words.line, { type: typeName(type), path: path ?? "" });
}

function entriesOf(dead: readonly DeadLetterView[]): readonly LetterEntry[] {
  const byClass = new Map<string, DeadLetterView[]>();
  for (const letter of dead) {
    const known = byClass.get(letter.class);
    if (known === undefined) byClass.set(letter.class, [letter]);
    else known.push(letter);
  }
  const groups = [...byClass].sort(([, a], [, b]) => b.length - a.length);
  return groups.flatMap(([name, letters]) => [
    { kind: "cause", key: `cause ${name}`, cause: { class: name, count: letters.length } } satisfies LetterEntry,
    ...letters.map((letter): LetterEntry => ({ kind: "letter", key: `${letter.store}\n${letter.id}`, letter })),
  ]);
}

function causeRow({ class: name, count }: Cause, format: Format): CauseRow {
  const words = strings.dead;
  const { help, title } = causeWords(name);
  const label = count === 1 ? words.retryOnly : fill(words.retryCause, { count: format.count(count) });
  return { title: fill(words.cause, { title, count: format.count(count) }), help, buttons: [{ label, about: title, action: { kind: "retry-cause", class: name }, primary: false }] };
}

function letterRow(letter: DeadLetterView, format: Format): Row {
  const words = strings.dead;
  const { attempts, id, lastAt, reason, store, type } = letter;
  const about = aboutLetter(letter);
  const button = (label: string, kind: Extract<PanelAction, { readonly letter: string }>["kind"]): PanelButton => ({ label, about, action: { kind, letter: id }, primary: false });
  return {
    key: `${store}\n${id}`,
    title: about,
    place: fill(words.tried, { time: format.dateAndTime(lastAt), times: format.plural(attempts, strings.batchWords.time) }),
    text: reason,
    buttons: [
      button(words.retryOne, "retry-letter"),
      // What a file says is changed in the file.
      ...(isOfFile(type) ? [] : [button(words.edit, "edit-letter")]),
      button(words.copy, "copy-letter"),
      button(words.discardOne, "discard-letter"),
    ],
    open: openOf(letter),
  };
}

function openOf({ canvasPath, subject }: DeadLetterView): Row["open"] {
  if (canvasPath !== null && subject.kind === "node") {
    return { label: fill(strings.dead.node, { path: canvasPath }), action: { kind: "jump", canvas: canvasPath, node: subject.id } };
  }
  const path = pathOf({ canvasPath, subject });
  return path === null ? null : { label: fill(strings.problems.open, { path }), action: { kind: "open-file", path, line: null } };
}

function pathOf({ canvasPath, subject }: Pick<DeadLetterView, "canvasPath" | "subject">): string | null {
  return canvasPath ?? (subject.kind === "note" ? subject.id : null);
}

function typeName(type: string): string {
  const names: Readonly<Record<string, string>> = strings.dead.types;
  return Object.hasOwn(names, type) ? (names[type] ?? type) : type;
}

function causeWords(name: string): { readonly title: string; readonly help: string } {
  const { causes } = strings.dead;
  const known: Readonly<Record<string, { readonly title: string; readonly help: string }>> = causes;
  return (Object.hasOwn(known, name) ? known[name] : undefined) ?? causes.unknown;
}
