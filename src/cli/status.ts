import type { EngineStatus } from "../engine/index";
import { exportStats } from "../engine/index";
import type { HostOptions } from "./arguments";
import { counted } from "./counted";
import { openToRead } from "./openVault";
import type { Output } from "./output";
import { damageText, problemText, storesJson, storesText, taskText } from "./report";

/** Says how a vault stands. Returns the exit status. */
export async function status(host: HostOptions, json: boolean, output: Output): Promise<number> {
  const vault = await openToRead(host);
  try {
    const now = vault.view.status();
    const dead = vault.view.deadLetters();
    const { device } = vault;
    const { vault: id, canvases, events, stores, problems } = now;
    const stats = { ...exportStats(now.stats, "neo4j", performance.now()), damaged_lines: now.quarantined };
    const whole = { vault: id, device, canvases, events, stores: storesJson(stores), dead, stats, tasks: now.tasks, problems };
    await output.line(json ? JSON.stringify(whole) : statusText(now, device, dead));
  } finally {
    await vault.close();
  }
  return 0;
}

function statusText(now: EngineStatus, device: string, dead: readonly { id: string; type: string; canvasPath: string | null; reason: string }[]): string {
  return [
    `vault ${now.vault === "" ? "(nothing recorded yet: run canvas-engram sync)" : now.vault}, device ${device === "" ? "(new)" : device}`,
    `${counted(now.canvases, "canvas", "canvases")}, ${counted(now.events, "event")}`,
    ...damageText(now),
    ...storesText(now.stores),
    ...now.tasks.map(taskText),
    ...now.problems.map(problemText),
    ...dead.map((letter) => `failed ${letter.id} ${letter.type} ${letter.canvasPath ?? ""}: ${letter.reason}`),
  ].join("\n");
}
