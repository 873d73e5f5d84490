import { reasonOf } from "../../kernel/reasonOf";
import type { ItemPages } from "../disk/itemPages";
import type { ItemError, ItemResult } from "../itemResult";
import type { DeskParts } from "./deskParts";
import { domainOf } from "./domainOf";
import type { Task } from "./task";

const interrupted: ItemError = {
  class: "unknown",
  code: "interrupted",
  message: "The program ended while this ran, and nobody knows how far it came. Retry it if it may run again.",
};

/** After a start nothing runs: what the log has as running waits again, or has ended where it may not run twice. */
export async function settleInterrupted(task: Task, pages: ItemPages, { clock, kinds, logger }: Pick<DeskParts, "clock" | "kinds" | "logger">): Promise<void> {
  const { meta, cancelledAt } = task.state;
  for (const item of [...task.state.items.where("running")]) {
    if (cancelledAt === null && meta.repeatable) {
      task.note({ kind: "returned", item });
      continue;
    }
    const domain = await domainOf(kinds.get(meta.kind), pages, meta, item).catch((error: unknown) => {
      logger.warn(`The domain of an interrupted item is not known: ${reasonOf(error)}`);
      return "";
    });
    const attempts = task.state.items.attemptsOf(item);
    const ended = { item, domain, attempts, waitMs: 0, runMs: 0, at: clock.now() };
    const result: ItemResult = cancelledAt === null ? { ...ended, status: "failed", error: interrupted } : { ...ended, status: "cancelled" };
    task.note({ kind: "ended", result });
  }
}
