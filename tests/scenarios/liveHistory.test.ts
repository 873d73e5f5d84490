import { describe, expect, it } from "vitest";
import { emptyDocument, type CanvasDocument } from "../../src/engine/canvas/document";
import { parseCanvas } from "../../src/engine/canvas/parseCanvas";
import type { Engine } from "../../src/engine/index";
import { EngineWorld } from "../engine/flow/engineWorld";
import { loadHistories, type History, type HistoryStep } from "./histories";
import { comparable, foldJournal, liveCanvases } from "./journaledCanvases";

/** Longer than anything waits that may be half of a rename. */
const SETTLED_MS = 3_000;

const short = ["java-roadmap", "small-vault", "tutorial", "vr-docs"];
const histories = loadHistories().filter(({ name }) => short.includes(name));

/** How a host tells of a rename: by name, or as a file that went and one that came, in either order. */
type Telling = "renamed" | "gone first" | "come first";

async function tell(engine: Engine, { op, path, from }: HistoryStep, telling: Telling): Promise<void> {
  if (op === "delete") return engine.fileDeleted(path);
  if (op !== "rename" || from === undefined) return engine.canvasChanged(path);
  if (telling === "renamed") return engine.canvasRenamed(from, path);
  if (telling === "gone first") await engine.fileDeleted(from);
  await engine.canvasChanged(path);
  if (telling === "come first") await engine.fileDeleted(from);
}

/** The vault after a step, in the fake and as documents. */
function apply(world: EngineWorld, documents: Map<string, CanvasDocument>, { t, op, path, from, content }: HistoryStep): void {
  if (op === "delete") world.vault.remove(path);
  if (op === "delete") documents.delete(path);
  if (op === "rename" && from !== undefined) {
    world.vault.move(from, path);
    const moved = documents.get(from);
    documents.delete(from);
    if (moved !== undefined) documents.set(path, moved);
  }
  if (content === undefined) return;
  world.vault.canvas(path, content, Date.parse(t));
  const parsed = parseCanvas(path, content);
  if (parsed.kind === "document") documents.set(path, parsed.document);
  if (parsed.kind === "blank" && (documents.get(path)?.nodes.length ?? 0) === 0) documents.set(path, emptyDocument);
}

async function replay({ name, steps }: History, telling: Telling): Promise<void> {
  const world = new EngineWorld();
  const documents = new Map<string, CanvasDocument>();
  const engine = await world.open();
  await engine.scan();
  for (const [index, step] of steps.entries()) {
    apply(world, documents, step);
    await tell(engine, step, telling);
    await world.clock.advance(SETTLED_MS);
    const label = `${name} step ${index} ${step.op} ${step.path}`;
    expect(comparable(liveCanvases(await foldJournal(engine))), label).toEqual(comparable(documents));
  }
  expect((await engine.scan()).journaled).toBe(0);
  expect(engine.status().problems).toEqual([]);
  await engine.stop();
}

describe.skipIf(histories.length === 0)("real edit histories, told as news while the engine runs", () => {
  describe.each(histories.map((history) => [history.name, history] as const))("%s", (_, history) => {
    it.each<Telling>(["renamed", "gone first", "come first"])(
      "the graph is what the files hold after every step: %s",
      (telling) => replay(history, telling),
      120_000,
    );
  });
});
