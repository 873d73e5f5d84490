import { batchesStrings } from "./batches";
import { commandStrings } from "./commands";
import { dialogStrings } from "./dialogs";
import { exportStrings } from "./exports";
import { failedStrings } from "./failed";
import { learningStrings } from "./learning";
import { menuStrings } from "./menus";
import { nodeStrings } from "./nodes";
import { panelStrings } from "./panel";
import { scheduleStrings } from "./schedules";
import { settingStrings } from "./settings";
import { shellStrings } from "./shell";
import { taskNoticeStrings } from "./taskNotices";
import { storageStrings } from "./storage";
import { taskStrings } from "./tasks";

/** Every text that people see, in English: the table that other languages have to match. */
export const english = {
  title: "Canvas Engram",
  ...panelStrings,
  ...shellStrings,
  ...taskStrings,
  nodes: nodeStrings,
  ...menuStrings,
  ...exportStrings,
  ...taskNoticeStrings,
  ...scheduleStrings,
  ...batchesStrings,
  ...failedStrings,
  ...learningStrings,
  ...commandStrings,
  ...dialogStrings,
  settings: settingStrings,
  ...storageStrings,
} as const;
