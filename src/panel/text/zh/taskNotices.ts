import type { Language } from "../strings";

/** The texts of the notice that tells of tasks that ended, in Chinese. */
export const taskNoticeStrings: Pick<Language, "taskNotices"> = {
  taskNotices: {
    done: "{title}：已完成 {items}。",
    failed: "{title}：{items}中有 {failed} 项失败。",
    allDone: "{tasks}已完成。",
    allFailed: "{tasks}失败。",
    someFailed: "{tasks}已结束：{done} 个完成，{failed} 个失败。",
    moreFailed: "另有 {count} 个失败。",
    item: { other: "{count} 项" },
    task: { other: "{count} 个任务" },
  },
};
