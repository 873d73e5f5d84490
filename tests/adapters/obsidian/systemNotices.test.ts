import { describe, expect, it } from "vitest";
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
const notice = { key: "tasks-0", tone: "bad", title: "Export: 1 of 2 items failed.", lines: ["Disk full."] } as const;

describe("system notices", () => {
  it("say what the notice says, and replace one another", () => {
    const there = host({});
    createSystemNotices(() => true, there).tell(notice);
    expect(there.shown).toEqual(["Export: 1 of 2 items failed.|Disk full.|canvas-engram-tasks-0"]);
  });

  it.each<[string, boolean, Partial<NotificationHost>]>([
    ["they are not wanted", false, {}],
    ["they are not allowed", true, { permission: () => "denied" }],
    ["nobody was asked", true, { permission: () => "default" }],
    ["the system has none", true, { permission: () => "unavailable" }],
    ["somebody looks at the app", true, { isFocused: () => true }],
  ])("are not shown when %s", (_, wanted, fields) => {
    const there = host(fields);
    createSystemNotices(() => wanted, there).tell(notice);
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
