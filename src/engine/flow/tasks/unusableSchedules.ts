import type { Schedules } from "../../tasks/schedule/schedules";

/** Schedules that can neither be shown nor changed, and why: their file is one that must not be written over. */
export function unusableSchedules(reason: string): Schedules {
  const refuse = (): Promise<never> => Promise.reject(new Error(reason));
  return {
    preview: () => ({ kind: "problem", reason }),
    add: refuse,
    list: () => [],
    pause: refuse,
    resume: refuse,
    remove: refuse,
    wake: () => undefined,
    onChange: () => () => undefined,
    stop: () => Promise.resolve(),
  };
}
