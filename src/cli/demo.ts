import { mkdtemp, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Output } from "./output";
import { watch } from "./watch";

const STEP_MS = 1_500;

interface Card {
  readonly id: string;
  readonly type: "text";
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly color?: string;
}

interface Arrow {
  readonly id: string;
  readonly fromNode: string;
  readonly toNode: string;
  readonly label?: string;
}

type Step = { readonly say: string; readonly cards: readonly Card[]; readonly arrows: readonly Arrow[] };

const card = (id: string, text: string, x: number, color?: string): Card => ({
  id,
  type: "text",
  text,
  x,
  y: 0,
  width: 250,
  height: 60,
  ...(color === undefined ? {} : { color }),
});
const arrow = (id: string, fromNode: string, toNode: string, label: string): Arrow => ({ id, fromNode, toNode, label });

const light = arrow("e1", "light", "sugar", "gives the energy for");
const story: readonly Step[] = [
  { say: "a first card", cards: [card("light", "Light reactions", 0)], arrows: [] },
  { say: "not understood yet: red", cards: [card("light", "Light reactions", 0, "1")], arrows: [] },
  { say: "a second card", cards: [card("light", "Light reactions", 0, "1"), card("sugar", "Calvin cycle", 400, "2")], arrows: [] },
  { say: "an arrow between the two", cards: [card("light", "Light reactions", 0, "1"), card("sugar", "Calvin cycle", 400, "2")], arrows: [light] },
  { say: "understood: green", cards: [card("light", "Light reactions", 0, "4"), card("sugar", "Calvin cycle", 400, "2")], arrows: [light] },
  {
    say: "a better text, and a move",
    cards: [card("light", "Light reactions", 0, "4"), card("sugar", "Calvin cycle: carbon becomes sugar", 420, "4")],
    arrows: [light],
  },
];

/** A made-up vault in a temporary folder, edited live while it is watched. Ends by itself without a terminal. */
export async function demo(json: boolean, output: Output, interrupted: Promise<void>): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "canvas-engram-demo-"));
  const vault = join(folder, "vault");
  process.env["XDG_STATE_HOME"] = join(folder, "state");
  await mkdir(vault);
  await writeFile(join(vault, "Photosynthesis.canvas"), "");
  output.note(`a made-up vault in ${vault}; local graph only, no database`);
  const told = tell(vault, output).then(() => (output.isTerminal ? interrupted : undefined));
  const host = { vault, neo4j: null, concurrency: 10, batchSize: 200, lingerMs: 100, timeoutMs: 15_000 };
  try {
    return await watch(host, json, output, Promise.race([told, interrupted]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function tell(vault: string, output: Output): Promise<void> {
  await pause(STEP_MS);
  for (const step of story) {
    output.note(`\n> ${step.say}`);
    await writeCanvas(join(vault, "Photosynthesis.canvas"), step);
    await pause(STEP_MS);
  }
  output.note("\n> a note with a score");
  await writeFile(join(vault, "Calvin cycle.md"), "---\nscore: 85\nmastery: understood\n---\nCarbon becomes sugar.\n");
  await pause(STEP_MS);
  output.note("\n> the canvas gets another name: its history stays with it");
  await rename(join(vault, "Photosynthesis.canvas"), join(vault, "How plants eat.canvas"));
  await pause(2 * STEP_MS);
  output.note("\n> a broken file: the last good version is kept");
  await writeFile(join(vault, "How plants eat.canvas"), '{"nodes": [{"id": "light", ');
  await pause(STEP_MS);
  if (output.isTerminal) output.note(`\nThat was it. Edit the files in ${vault} yourself, or press Ctrl-C.`);
}

async function writeCanvas(file: string, { cards, arrows }: Step): Promise<void> {
  const lines = (entries: readonly object[]): string => entries.map((entry) => `\n\t\t${JSON.stringify(entry)}`).join(",");
  await writeFile(file, `{\n\t"nodes":[${lines(cards)}\n\t],\n\t"edges":[${lines(arrows)}\n\t]\n}`);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
