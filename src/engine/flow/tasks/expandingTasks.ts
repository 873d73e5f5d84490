import type { JsonValue } from "../../kernel/json";
import type { CreatedTask, TaskItems, TaskOptions, Tasks } from "../../tasks/tasks";

/** Makes the items that are worked on of those that were asked for. Rejects with RangeError for what it cannot take. */
export type Expansion = (items: readonly JsonValue[]) => Promise<readonly JsonValue[]>;

/**
 * The same tasks, but for some kinds the items are made anew when a task is created: a schedule that says "the whole
 * vault" means the canvases of that day, and progress is only real when each of them is an item.
 */
export function expandingTasks(tasks: Tasks, expansions: ReadonlyMap<string, Expansion>): Tasks {
  const create = async (items: TaskItems, options: TaskOptions): Promise<CreatedTask> => {
    const expand = expansions.get(options.kind);
    return tasks.create(expand === undefined ? items : await expand(await listed(items)), options);
  };
  return {
    create,
    list: () => tasks.list(),
    status: (id) => tasks.status(id),
    items: (id, from, limit) => tasks.items(id, from, limit),
    results: (id) => tasks.results(id),
    resultPage: (id, request) => tasks.resultPage(id, request),
    pause: (which) => tasks.pause(which),
    resume: (which) => tasks.resume(which),
    cancel: (which) => tasks.cancel(which),
    retryFailed: (id, items) => tasks.retryFailed(id, items),
    setPriority: (id, priority) => tasks.setPriority(id, priority),
    forget: (id) => tasks.forget(id),
    onChange: (listener) => tasks.onChange(listener),
    onEnd: (listener) => tasks.onEnd(listener),
  };
}

async function listed(items: TaskItems): Promise<readonly JsonValue[]> {
  const list: JsonValue[] = [];
  for await (const item of items) list.push(item);
  return list;
}
