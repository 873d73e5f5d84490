import { describe, expect, it } from "vitest";
import type { TaskNotice, TaskView } from "../../../src/engine/index";
import { madeTask } from "../../fakes/madeTask";
import { allowSystemNotices, createSystemNotices, type NotificationHost } from "../../../src/adapters/obsidian/systemNotices";

function host(fields: Partial<NotificationHost>): NotificationHost & { readonly shown: string[] } {
  const shown: string[] = [];
  return {
    shown,
    permission: () => "granted",
    ask: () => Promise.resolve("granted"),
    show: (...given) => void shown.push(given.join("|")),
    isFocused: () => false,
    ...fields,
  };
}
const task = madeTask({ id: "t", title: "Export" });
const notice: TaskNotice = { key: "tasks-0", tone: "bad", title: "", lines: [], tasks: [task] };
const textOf = (ended: readonly TaskView[]): readonly string[] => [...ended.map(({ title }) => title), "Disk full."];

describe("system notices", () => {
  it("say what the notice says, and replace one another", () => {
    const there = host({});
    createSystemNotices(() => true, textOf, there).tell(notice);
    expect(there.shown).toEqual(["Export|Disk full.|canvas-engram-tasks-0"]);
  });

  it.each<[string, boolean, Partial<NotificationHost>]>([
    ["they are not wanted", false, {}],
    ["they are not allowed", true, { permission: () => "denied" }],
    ["nobody was asked", true, { permission: () => "default" }],
    ["the system has none", true, { permission: () => "unavailable" }],
    ["somebody looks at the app", true, { isFocused: () => true }],
  ])("are not shown when %s", (_, wanted, fields) => {
    const there = host(fields);
    createSystemNotices(() => wanted, textOf, there).tell(notice);
    expect(there.shown).toEqual([]);
  });

  it.each<[NotificationHost["permission"], "granted" | "denied" | "default", boolean]>([
    [() => "granted", "denied", true],
    [() => "default", "granted", true],
    [() => "default", "denied", false],
    [() => "default", "default", false],
    [() => "denied", "granted", false],
    [() => "unavailable", "granted", false],
  ])("ask for leave only where it is open (%#)", async (permission, answer, allowed) => {
    expect(await allowSystemNotices(host({ permission, ask: () => Promise.resolve(answer) }))).toBe(allowed);
  });
});
