import { UsageError, type HostOptions } from "./arguments";
import { counted } from "./counted";
import { drainWhileItMoves } from "./drainWhileItMoves";
import { withVault } from "./openVault";
import type { Output } from "./output";
import { failures, storesText } from "./report";

/** Puts dead letters back and sends them. Returns the exit status. */
export async function retry(host: HostOptions, ids: readonly string[] | "all", output: Output): Promise<number> {
  return withVault(host, async ({ engine }) => {
    const known = new Set(engine.deadLetters().map((letter) => letter.id));
    const unknown = ids === "all" ? [] : ids.filter((id) => !known.has(id));
    if (unknown.length > 0) throw new UsageError(`no dead letter has the id ${unknown.join(", ")}; status lists them`);
    const count = await engine.retryDead(ids);
    if (host.neo4j !== null) await drainWhileItMoves(engine, host.timeoutMs);
    await output.line([`${counted(count, "event")} ${count === 1 ? "is" : "are"} back in the queue`, ...storesText(engine.status().stores)].join("\n"));
    const failed = failures(engine.status(), 0);
    for (const line of failed) output.note(line);
    return failed.length > 0 ? 1 : 0;
  });
}
