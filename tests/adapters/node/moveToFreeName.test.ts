import type * as promises from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { moveToFreeName } from "../../../src/adapters/node/moveToFreeName";
import { folderOnDisk, type FolderOnDisk } from "../../fakes/folderOnDisk";

const disk = vi.hoisted(() => ({ refusal: null as string | null }));

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof promises>();
  const link = async (from: string, to: string): Promise<void> => {
    if (disk.refusal !== null) throw Object.assign(new Error(`${disk.refusal}: link`), { code: disk.refusal });
    await real.link(from, to);
  };
  return { ...real, link };
});

let folder: FolderOnDisk;

beforeEach(async () => {
  folder = await folderOnDisk();
  await folder.put("from", "text");
});

afterEach(async () => {
  disk.refusal = null;
  await folder.remove();
});

describe.each([null, "EPERM", "ENOTSUP"])("moving a file where links are answered by %s", (refusal) => {
  it("gives it the free name", async () => {
    disk.refusal = refusal;
    expect(await moveToFreeName(`${folder.root}/from`, `${folder.root}/to`)).toBe(true);
    expect([await folder.paths(), await folder.peek("to")]).toEqual([["to"], "text"]);
  });

  it("leaves both files where the name is taken", async () => {
    disk.refusal = refusal;
    await folder.put("to", "other");
    expect(await moveToFreeName(`${folder.root}/from`, `${folder.root}/to`)).toBe(false);
    expect([await folder.peek("from"), await folder.peek("to")]).toEqual(["text", "other"]);
  });
});

it("passes on what else goes wrong", async () => {
  disk.refusal = "EIO";
  await expect(moveToFreeName(`${folder.root}/from`, `${folder.root}/to`)).rejects.toMatchObject({ code: "EIO" });
  expect(await folder.paths()).toEqual(["from"]);
});
