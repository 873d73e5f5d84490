import type { Language } from "../strings";
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
import { storageStrings } from "./storage";
import { taskNoticeStrings } from "./taskNotices";
import { taskStrings } from "./tasks";

/** Every text that people see, in Simplified Chinese. */
export const chinese: Language = {
  title: "Canvas Engram",
  ...panelStrings,
  ...shellStrings,
  ...batchesStrings,
  ...learningStrings,
  ...taskStrings,
  nodes: nodeStrings,
  ...menuStrings,
  ...exportStrings,
  ...taskNoticeStrings,
  ...scheduleStrings,
  ...failedStrings,
  ...commandStrings,
  ...dialogStrings,
  ...storageStrings,
  settings: settingStrings,
};
