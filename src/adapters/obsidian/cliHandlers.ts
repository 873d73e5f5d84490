import type { CliFlags, Plugin } from "obsidian";
import { exportStats } from "../../engine/index";
import type { Clock, EngineStatus } from "../../engine/index";
import type { Format } from "../../panel/text/format";
import type { Session } from "../../panel/session/session";
import { fill, strings } from "../../panel/text/strings";
import { chipOf } from "../../panel/view/chip";
import { figuresOf } from "../../panel/view/figures";
import { saveOpenCanvases } from "./openCanvases";
import { compareAll } from "./taskCommands";

export interface CliHost {
  readonly plugin: Plugin;
  readonly session: Session;
  readonly format: Format;
  readonly clock: Pick<Clock, "now" | "monotonic">;
}

const words = strings.cli;

/** What a person at a terminal can ask of the running app: `obsidian canvas-engram:status` and its like. Each answers with text, or JSON where `json` is given. */
export function addCliHandlers(host: CliHost): void {
  const { plugin } = host;
  const flags: CliFlags = { json: { description: words.json } };
  const add = (action: string, description: string, run: () => Promise<CliAnswer>): void => {
    plugin.registerCliHandler(`${plugin.manifest.id}:${action}`, description, flags, async ({ json }) => {
      const { lines, whole } = await run();
      return json === undefined ? lines.join("\n") : JSON.stringify(whole);
    });
  };
  add("status", words.status, () => status(host));
  add("flush", words.flush, () => flush(host));
  add("verify", words.verify, () => verify(host));
}

interface CliAnswer {
  readonly lines: readonly string[];
  readonly whole: object;
}

async function status({ session, format, clock }: CliHost): Promise<CliAnswer> {
  const engine = await session.ready();
  const now = engine.status();
  const view = session.look();
  const lines = [chipOf(view, format).text, ...figuresOf(view, format).map(({ label, value }) => `${label}: ${value}`), ...now.tasks.map(({ title, status: how }) => `${title}: ${how}`), ...now.problems.map(problemLine)];
  const { vault, canvases, events, stores, tasks, problems } = now;
  const whole = { vault, canvases, events, stores, dead: engine.deadLetters(), stats: exportStats(now.stats, "neo4j", clock.monotonic()), tasks, problems };
  return { lines, whole };
}

function problemLine({ path, line, reason }: EngineStatus["problems"][number]): string {
  return `${path}${line === null ? "" : `:${line}`}: ${reason}`;
}

/** What is unsaved in open canvases goes to the disk first: a flush of the journal alone would not have it. */
async function flush({ plugin, session, format }: CliHost): Promise<CliAnswer> {
  const engine = await session.ready();
  await saveOpenCanvases(plugin.app);
  const report = await session.syncNow();
  await engine.flush();
  const { stores } = engine.status();
  const pending = stores.neo4j?.pending ?? 0;
  const sent = pending === 0 ? words.nothingWaits : fill(words.waiting, { events: format.plural(pending, strings.words.event) });
  return {
    lines: [report === null ? strings.notices.notCapturing : words.flushed, sent],
    whole: { capturing: report !== null, journaled: report?.journaled ?? 0, pending },
  };
}

async function verify(host: CliHost): Promise<CliAnswer> {
  const differences = await compareAll(host.session);
  if (differences === null) throw new Error(words.verifyFailed);
  const count = host.format.plural(differences, strings.words.difference);
  return { lines: [differences === 0 ? strings.taskCommands.verifyNone : fill(words.differ, { count })], whole: { differences } };
}
