import type { EngineStatus } from "../engine/index";
import type { HostOptions } from "./arguments";
import { counted } from "./counted";
import { drainWhileItMoves } from "./drainWhileItMoves";
import { openToRead, withVault } from "./openVault";
import type { Output } from "./output";
import { failures, storesText } from "./report";

interface Rebuilt {
  readonly events: number;
  readonly differences: readonly string[];
}

/** Makes the local graph again from the journals, and sends everything again where a store is given. */
export function rebuild(host: HostOptions, output: Output): Promise<number> {
  return withVault(host, async ({ engine }) => {
    const report = await engine.rebuild({ dryRun: false, resend: host.neo4j !== null });
    if (host.neo4j !== null) await drainWhileItMoves(engine, host.timeoutMs);
    await output.line(rebuiltText(report, "changed", engine.status()));
    const failed = failures(engine.status(), 0);
    for (const line of failed) output.note(line);
    return failed.length > 0 ? 1 : 0;
  });
}

/** Says what a rebuild would change. Takes no lock and asks no store: the figures are those of the last time. */
export async function rebuildDry(host: HostOptions, output: Output): Promise<number> {
  const vault = await openToRead(host);
  try {
    await output.line(rebuiltText(await vault.view.compare(), "would change", vault.view.status()));
  } finally {
    await vault.close();
  }
  return 0;
}

function rebuiltText({ events, differences }: Rebuilt, verb: string, { stores }: EngineStatus): string {
  return [
    `${counted(events, "event")} read, ${counted(differences.length, "thing")} ${verb}`,
    ...differences.map((difference) => `  ${difference}`),
    ...storesText(stores),
  ].join("\n");
}
