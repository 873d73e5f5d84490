import { closeBrowser } from "../host/node/browser";
import { startPanel } from "../host/fixtures/panelHost";
import type { PanelHost } from "../host/fixtures/panelHost";
import type { Drawn, How } from "../host/fixtures/panelMeasure";
import { ms, publish } from "./measure";

const TASKS = 10_000;
/** Updates of ten minutes at 20 a second. */
const UPDATES = 12_000;
/** Seconds in which updates come 20 times a second, while frames and blocks are measured. */
const SECONDS = 20;
const PACE_MS = 50;

const rows: string[][] = [];
for (const how of ["window", "naive"] as const) {
  const shown = await startPanel({ trackLeaks: false });
  await shown.with((plugin, count) => plugin.showTasks(plugin.madeTasks(count, 0)), TASKS);
  await shown.host.page.locator(".canvas-engram-task").first().waitFor();
  const idle = await run(shown, "idle", { ms: 5_000 }, PACE_MS);
  const paced = await run(shown, how, { ms: SECONDS * 1_000 }, PACE_MS);
  const before = await heap(shown);
  const many = how === "window" ? UPDATES : 5;
  const long = await run(shown, how, { updates: many }, 0);
  const grown = (await heap(shown)) - before;
  const name = how === "window" ? "rows in sight, keyed (ours)" : "every row made anew (naive)";
  if (how === "window") rows.push(["nothing shown anew (what the machine costs)", dropped(idle), "", "", "", "", "", "", ""]);
  rows.push([name, dropped(paced), ms(paced.middle), ms(paced.p99), ms(paced.longest), ms(long.p99), ms(long.longest), String(paced.elements), `${(grown / 2 ** 20).toFixed(1)} MB after ${many.toLocaleString("en")}`]);
  await shown.close();
}
await closeBrowser();

publish({
  title: "The panel with 10,000 tasks, in Chromium",
  about: `On the model of Obsidian, the panel in the sidebar, 50 of ${TASKS.toLocaleString("en")} tasks running, all of them new values 20 times a second for ${SECONDS} seconds; both rows of the table show the same values of the same view model, made in the same run. An update is the view model, the drawing and the layout that it causes, in one piece; aim: none above 8 ms. The heap is measured after a collection, before and after as many updates as ten minutes bring (12,000): not in real time but one after the other without waiting for frames ("of all"). The naive one gets 5 of them, as it needs so long for each.`,
  columns: ["how", "frames dropped of those due", "middle update", "99 of 100", "longest", "99 of 100 of all", "longest of all", "elements", "heap grew by"],
  rows,
});

function dropped({ dropped: lost, frames }: Drawn): string {
  return `${lost.toLocaleString("en")} of ${(frames + lost).toLocaleString("en")}`;
}

function run(shown: PanelHost, how: How, end: { readonly updates?: number; readonly ms?: number }, paceMs: number): Promise<Drawn> {
  return shown.with((plugin, [kind, count, until, pace]) => plugin.measure(kind, count, until, pace), [how, TASKS, end, paceMs] as const);
}

/** Bytes that are in use after a collection. */
async function heap({ host: { page } }: PanelHost): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = (await session.send("Runtime.getHeapUsage")) as { usedSize: number };
  await session.detach();
  return usedSize;
}
