import type { TaskView } from "../../engine/index";
import type { Format } from "../text/format";
import { fill, strings } from "../text/strings";
import type { Chip, ChipState } from "./panelView";

/** What was said last, as far as it decides what is said next. */
export interface Heard {
  readonly state: ChipState;
  /** Up to this time (epoch ms) ends of tasks were heard, and at it those of these tasks. */
  readonly until: number;
  readonly at: ReadonlySet<string>;
}

export interface Announcement {
  readonly heard: Heard;
  /** Null where nothing is to be said. */
  readonly text: string | null;
}

/**
 * What a person who sees nothing has to hear: another state, and tasks that ended. Never how far something is, which would
 * be said many times a second. The first look says nothing: it is what the person opened.
 */
export function announcement(before: Heard | null, chip: Chip, tasks: readonly TaskView[], format: Format): Announcement {
  const ended = tasks.filter(({ endedAt, id }) => endedAt !== null && isNew(before, endedAt, id));
  const heard = { state: chip.state, ...latest(before, ended) };
  if (before === null) return { heard, text: null };
  const parts = [...(chip.state === before.state ? [] : [chip.text]), ...endTexts(ended, format)];
  return { heard, text: parts.length === 0 ? null : parts.join(strings.heard.joint) };
}

function isNew(before: Heard | null, endedAt: number, id: string): boolean {
  return before === null || endedAt > before.until || (endedAt === before.until && !before.at.has(id));
}

function latest(before: Heard | null, ended: readonly TaskView[]): Pick<Heard, "until" | "at"> {
  const until = ended.reduce((most, { endedAt }) => Math.max(most, endedAt ?? most), before?.until ?? 0);
  const known = before?.until === until ? before.at : [];
  return { until, at: new Set([...known, ...ended.filter(({ endedAt }) => endedAt === until).map(({ id }) => id)]) };
}

function endTexts(ended: readonly TaskView[], format: Format): readonly string[] {
  const [only] = ended;
  if (only === undefined) return [];
  if (ended.length > 1) return [fill(strings.heard.several, { count: format.count(ended.length) })];
  return [fill(strings.heard.one, { title: only.title, state: strings.tasks.states[only.status] })];
}
