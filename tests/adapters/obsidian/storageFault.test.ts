import { describe, expect, it } from "vitest";
import { storageError } from "../../../src/adapters/obsidian/storageFault";
import { StorageError } from "../../../src/engine/index";

describe("storageError", () => {
  it.each<[unknown, string]>([
    [Object.assign(new Error("x"), { code: "ENOSPC" }), "full"],
    [new DOMException("x", "QuotaExceededError"), "full"],
    [new Error("There is not enough space on the disk: no space left on device"), "full"],
    [new Error("The operation couldn’t be completed. Not enough free space"), "full"],
    [new Error("EPERM: operation not permitted"), "denied"],
    [new Error("File does not exist"), "gone"],
    [new Error("something else"), "other"],
    ["no error at all: disk full", "full"],
    [null, "other"],
  ])("%o: %s", (error, fault) => {
    expect(storageError(error, "a.txt").fault).toBe(fault);
  });

  it("leaves an error alone that is one already", () => {
    const error = new StorageError("full", "as it was");
    expect(storageError(error, "a.txt")).toBe(error);
  });
});
