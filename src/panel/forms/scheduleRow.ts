import type { ScheduleView } from "../../engine/index";
import type { Format } from "../text/format";
import { fill, strings } from "../text/strings";

const words = strings.scheduleRows;

/** What the settings say of a schedule below its title. */
export function scheduleText({ cron, lastRun, nextRuns, paused, trouble }: ScheduleView, format: Format): string {
  const times = nextRuns.map((at) => format.dateAndTime(at)).join(words.joint);
  const state = paused ? words.paused : fill(words.next, { times });
  const problem = lastRun?.problem ?? null;
  const parts = [fill(words.text, { cron, state })];
  if (trouble !== null) parts.push(fill(words.trouble, { reason: trouble }));
  else if (problem !== null) parts.push(fill(words.refused, { reason: problem }));
  return parts.join(" ");
}
