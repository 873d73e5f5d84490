import type { HostOptions } from "./arguments";
import { withVault } from "./openVault";
import type { Output } from "./output";
import { failures, storesText } from "./report";

/** Makes the local graph again from the journals, and sends everything again where a store is given. */
export async function rebuild(host: HostOptions, dryRun: boolean, output: Output): Promise<number> {
  return withVault(host, async ({ engine }) => {
    const report = await engine.rebuild({ dryRun, resend: host.neo4j !== null && !dryRun });
    if (host.neo4j !== null && !dryRun) await engine.drain(host.timeoutMs);
    const { differences } = report;
    const verb = dryRun ? "would change" : "changed";
    await output.line(
      [
        `${report.events} events read, ${differences.length} ${differences.length === 1 ? "thing" : "things"} ${verb}`,
        ...differences.map((difference) => `  ${difference}`),
        ...storesText(engine.status().stores),
      ].join("\n"),
    );
    const failed = dryRun ? [] : failures(engine.status(), 0);
    for (const line of failed) output.note(line);
    return failed.length > 0 ? 1 : 0;
  });
}
