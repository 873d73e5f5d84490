/** The texts of the notice that tells of tasks that ended. `{name}` is filled in. */
export const taskNoticeStrings = {
  taskNotices: {
    done: "{title}: {items} done.",
    failed: "{title}: {failed} of {items} failed.",
    allDone: "{tasks} done.",
    allFailed: "{tasks} failed.",
    someFailed: "{tasks} ended: {done} done, {failed} failed.",
    moreFailed: "{count} more failed.",
    item: { one: "{count} item", other: "{count} items" },
    task: { one: "{count} task", other: "{count} tasks" },
  },
} as const;
