import type { Schedules } from "../../engine/index";
import type { Session } from "../../panel/session/session";

/** Schedules of this device for other plugins. Each method waits until the engine is open. */
export interface ApiSchedules extends Pick<Schedules, "add" | "pause" | "resume" | "remove"> {
  /** In the order of their creation, each with its next five runs; none while it is paused. */
  list(): Promise<ReturnType<Schedules["list"]>>;
  /** The next five runs of an expression, or what is wrong with it. */
  preview(cron: string): Promise<ReturnType<Schedules["preview"]>>;
}

export function createScheduleApi(session: Session): ApiSchedules {
  const schedules = async (): Promise<Schedules> => (await session.ready()).schedules;
  return {
    list: async () => (await schedules()).list(),
    preview: async (cron) => (await schedules()).preview(cron),
    add: async (draft) => (await schedules()).add(draft),
    pause: async (id) => (await schedules()).pause(id),
    resume: async (id) => (await schedules()).resume(id),
    remove: async (id) => (await schedules()).remove(id),
  };
}
