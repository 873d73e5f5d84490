import { expect, it } from "vitest";
import { createLoggedNotices } from "../../../src/adapters/system/loggedNotices";

it("logs a failure as a warning and anything else as a detail, one line each", () => {
  const lines: string[] = [];
  const notices = createLoggedNotices({
    debug: (line) => void lines.push(`debug ${line}`),
    warn: (line) => void lines.push(`warn ${line}`),
    error: (line) => void lines.push(`error ${line}`),
  });
  notices.tell({ key: "a", tone: "good", title: "Index: 1 item done.", lines: [], tasks: [] });
  notices.tell({ key: "b", tone: "bad", title: "2 tasks failed.", lines: ["a: 1 of 1 item failed.", "b: 1 of 1 item failed."], tasks: [] });
  expect(lines).toEqual(["debug Index: 1 item done.", "warn 2 tasks failed. a: 1 of 1 item failed. b: 1 of 1 item failed."]);
});
