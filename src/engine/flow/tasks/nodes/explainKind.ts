import type { JsonObject, JsonValue } from "../../../kernel/json";
import type { Signal } from "../../../kernel/signal";
import { ExportTargetRefused } from "../../../tasks/export/exportTarget";
import type { ItemContext, TaskKind } from "../../../tasks/kind";
import { explainStyles, type ExplainStyle } from "../../../tasks/nodes/explainStyles";
import { explanationIds, type ExplanationIds } from "../../../tasks/nodes/nodeIdentity";
import { readExplainItem, type ExplainItem, type NodeTarget } from "../../../tasks/nodes/nodeItems";
import type { GeneratorName } from "../../../tasks/nodes/nodeTaskSettings";
import type { NoteGenerator } from "../../../tasks/nodes/noteGenerator";
import { noteName } from "../../../tasks/nodes/noteName";
import { stamped } from "../../../tasks/nodes/noteStamp";
import { TaskFailure } from "../../../tasks/taskFailure";
import { storageAsAway } from "../storageAsAway";
import { findExplanation, type Explanation } from "./findExplanation";
import { nodeTextOf } from "./nodeTextOf";
import { CANVAS_DOMAIN, cancelled, canvasPathOf, MODEL_DOMAIN, readDocument, requireGoing, turnKey, type NodeWorkParts } from "./nodeWork";
import { placeExplanation } from "./placeExplanation";
import { recordExplanation } from "./recordExplanation";

export interface ExplainKindParts extends NodeWorkParts {
  readonly generators: Readonly<Record<GeneratorName, NoteGenerator>>;
}

/** What one of these takes, in milliseconds, as far as anybody knows. */
const costs: Readonly<Record<GeneratorName, number>> = { template: 300, model: 20_000 };

interface Question {
  readonly path: string;
  readonly target: NodeTarget;
  readonly style: ExplainStyle;
  readonly generator: GeneratorName;
  readonly ids: ExplanationIds;
}

/**
 * Makes one note about a card or a connection, puts it beside the card and connects the two. Each step is done only where
 * it is not done yet, and the ids of note, card and edge follow from the question: however often it is asked and wherever
 * an earlier run broke off, there is one of each in the end.
 */
export function explainKind(parts: ExplainKindParts): TaskKind {
  const generatorOf = (item: JsonValue): GeneratorName => {
    const read = readExplainItem(item);
    return (read.kind === "item" ? read.item.generator : null) ?? parts.host.settings().generator;
  };
  return {
    name: "explain",
    check: (item) => {
      const read = readExplainItem(item);
      return read.kind === "refused" ? read.reason : null;
    },
    domainOf: (item) => (generatorOf(item) === "model" ? MODEL_DOMAIN : CANVAS_DOMAIN),
    keyOf: (item) => {
      const read = readExplainItem(item);
      return read.kind === "item" ? turnKey(read.item.canvas, read.item.target.id) : null;
    },
    costMs: (item) => costs[generatorOf(item)],
    repeatable: true,
    run: (item, context) => storageAsAway(() => run(parts, item, context)),
  };
}

async function run(parts: ExplainKindParts, value: JsonValue, context: ItemContext): Promise<JsonValue> {
  const read = readExplainItem(value);
  if (read.kind === "refused") throw new TaskFailure("data", "item", read.reason);
  const question = questionOf(parts, read.item);
  const done = await parts.turns.run([turnKey(question.path, question.target.id)], context.signal, () => explain(parts, question, context));
  if (done === null) throw cancelled();
  return done;
}

function questionOf({ canvasIdOf, hasher, host, pathOf, vault }: ExplainKindParts, item: ExplainItem): Question {
  const settings = host.settings();
  // A canvas may have been renamed since the task was made.
  const path = canvasPathOf((item.canvasId === null ? null : pathOf(item.canvasId)) ?? item.canvas);
  const style = item.style ?? settings.style;
  const generator = item.generator ?? settings.generator;
  const canvas = item.canvasId ?? canvasIdOf(path) ?? path;
  return { path, target: item.target, style, generator, ids: explanationIds(hasher, { vault, canvas, target: item.target, style, generator }) };
}

async function explain(parts: ExplainKindParts, question: Question, context: ItemContext): Promise<JsonObject> {
  const { generator, ids, path, style, target } = question;
  const document = await readDocument(parts, path);
  const found = await findExplanation(parts, document, ids);
  requireGoing(context.signal);
  const note = found ?? (await make(parts, question, context.signal));
  const isNew = found === null;
  let isPlaced: boolean;
  try {
    requireGoing(context.signal);
    isPlaced = await placeExplanation(parts, { path, target, ids, note }, context.task);
  } catch (error) {
    // What is tried again finds the note. One that nothing leads to any more would only be in the way.
    if (isNew && (context.signal.aborted || isOver(error))) await parts.host.notes.discard(note.path, (text) => text === note.text);
    throw error;
  }
  const event = await recordExplanation(parts, { path, target, note, isNew: isNew || isPlaced });
  return { canvas: path, canvasId: parts.canvasIdOf(path), note: note.path, noteSum: isNew ? parts.hasher.sha256(note.text) : null, node: ids.node, edge: ids.edge, style, generator, made: isNew || isPlaced, event };
}

/** Writes the note, unless it is there by now. */
async function make(parts: ExplainKindParts, { generator, ids, path, style, target }: Question, signal: Signal): Promise<Explanation> {
  const { clock, generators, host, newNotes } = parts;
  const about = await nodeTextOf(parts, path, await readDocument(parts, path), target);
  const body = await generators[generator].explain(about, style, signal);
  requireGoing(signal);
  const text = stamped(body, { identity: ids.identity, canvas: path, style, generator, createdAt: clock.now() });
  const name = `${noteName(about.title, "Card")} – ${explainStyles[style].name}`;
  try {
    const written = await newNotes.write({ folder: host.settings().folder, name, key: ids.key, extension: "md" }, once(text));
    return { path: written.path, text: written.kind === "written" ? text : ((await host.notes.read(written.path)) ?? text) };
  } catch (error) {
    if (error instanceof ExportTargetRefused) throw new TaskFailure("data", "folder", `No note can be made in the folder of the settings: ${error.reason}.`);
    throw error;
  }
}

async function* once(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}

/** Whether a failure is one that no later try mends. */
function isOver(error: unknown): boolean {
  return error instanceof TaskFailure && error.failureClass === "data";
}
