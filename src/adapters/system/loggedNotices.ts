import type { Logger, Notifier } from "../../engine/index";

/** Tells of tasks in the log, for hosts without a screen: failures as warnings. */
export function createLoggedNotices(logger: Logger): Notifier {
  return {
    tell({ lines, title, tone }) {
      const text = [title, ...lines].join(" ");
      if (tone === "bad") logger.warn(text);
      else logger.debug(text);
    },
  };
}
