import { canvasKey } from "../../../canvas/canvasPath";
import type { JsonObject, JsonValue } from "../../../kernel/json";
import { conceptOf } from "../../../learning/concept";
import { levelOf } from "../../../learning/mastery";
import { ExportTargetRefused } from "../../../tasks/export/exportTarget";
import type { ItemContext, TaskKind } from "../../../tasks/kind";
import { canvasOutline, outlineText } from "../../../tasks/nodes/canvasOutline";
import { dayOf } from "../../../tasks/nodes/dayOf";
import { readSummariseItem } from "../../../tasks/nodes/nodeItems";
import type { GeneratorName } from "../../../tasks/nodes/nodeTaskSettings";
import type { NoteGenerator } from "../../../tasks/nodes/noteGenerator";
import { baseName, noteName } from "../../../tasks/nodes/noteName";
import { TaskFailure } from "../../../tasks/taskFailure";
import { storageAsAway } from "../storageAsAway";
import { CANVAS_DOMAIN, canvasPathOf, MODEL_DOMAIN, readDocument, requireGoing, type NodeWorkParts } from "./nodeWork";

export interface SummariseKindParts extends Pick<NodeWorkParts, "canvasFiles" | "clock" | "hasher" | "host" | "masteryTable" | "newNotes"> {
  readonly generators: Readonly<Record<GeneratorName, NoteGenerator>>;
}

const costs: Readonly<Record<GeneratorName, number>> = { template: 300, model: 30_000 };
/** Characters of an outline that a model is given. */
const MOST_SENT = 20_000;

/** Makes a note of what stands on a canvas now. It is known by the task, so that a run after a crash makes no second one. */
export function summariseKind(parts: SummariseKindParts): TaskKind {
  const generatorOf = (item: JsonValue): GeneratorName => {
    const read = readSummariseItem(item);
    return (read.kind === "item" ? read.item.generator : null) ?? parts.host.settings().generator;
  };
  return {
    name: "summarise",
    check: (item) => {
      const read = readSummariseItem(item);
      return read.kind === "refused" ? read.reason : null;
    },
    domainOf: (item) => (generatorOf(item) === "model" ? MODEL_DOMAIN : CANVAS_DOMAIN),
    keyOf: (item) => {
      const read = readSummariseItem(item);
      return read.kind === "item" ? `summary of ${canvasKey(read.item.canvas)}` : null;
    },
    costMs: (item) => costs[generatorOf(item)],
    repeatable: true,
    run: (item, context) => storageAsAway(() => run(parts, item, generatorOf(item), context)),
  };
}

/** What stands on a canvas, in words. Rejects with TaskFailure when it cannot be read. */
export async function outlineOf(parts: Pick<NodeWorkParts, "canvasFiles" | "masteryTable">, path: string, generator: GeneratorName): Promise<string> {
  const table = parts.masteryTable();
  const outline = canvasOutline(await readDocument(parts, path), {
    titleOf: conceptOf,
    levelOf: (node) => levelOf(typeof node["color"] === "string" ? node["color"] : null, table),
  });
  const text = outlineText(outline);
  return generator === "model" && text.length > MOST_SENT ? `${text.slice(0, MOST_SENT)}…` : text;
}

async function run(parts: SummariseKindParts, value: JsonValue, generator: GeneratorName, { item, signal, task }: ItemContext): Promise<JsonObject> {
  const { clock, generators, hasher, host, newNotes } = parts;
  const read = readSummariseItem(value);
  if (read.kind === "refused") throw new TaskFailure("data", "item", read.reason);
  const path = canvasPathOf(read.item.canvas);
  const body = await generators[generator].summarise(path, await outlineOf(parts, path, generator), signal);
  requireGoing(signal);
  const target = { folder: host.settings().folder, name: `${noteName(baseName(path), "Canvas")} summary ${dayOf(clock.now())}`, key: hasher.sha256(`${task}\n${item}`).slice(0, 10), extension: "md" };
  try {
    const written = await newNotes.write(target, once(body));
    return { canvas: path, note: written.path, noteSum: written.kind === "written" ? hasher.sha256(body) : null, generator, made: written.kind === "written" };
  } catch (error) {
    if (error instanceof ExportTargetRefused) throw new TaskFailure("data", "folder", `No note can be made in the folder of the settings: ${error.reason}.`);
    throw error;
  }
}

async function* once(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}
