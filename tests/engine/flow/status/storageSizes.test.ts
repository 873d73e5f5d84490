import { expect, it } from "vitest";
import { storageSizes } from "../../../../src/engine/flow/status/storageSizes";
import { MemoryDataFolder } from "../../../fakes/memoryDataFolder";

it("adds up what each file of this device is for, and what others keep", async () => {
  const folder = new MemoryDataFolder();
  const files: readonly (readonly [path: string, bytes: number])[] = [
    ["devices/one/journal/1.ndjson", 10],
    ["devices/one/graph/index.a.json", 20],
    ["devices/one/recovery/abc/1.txt", 30],
    ["devices/one/tasks/t1/items/0.json", 40],
    ["devices/one/acks/x.ndjson", 1],
    ["devices/one/lock.json", 2],
    ["devices/two/journal/1.ndjson", 500],
    ["data.json", 9_000],
  ];
  for (const [path, bytes] of files) await folder.write(path, "x".repeat(bytes));
  expect(await storageSizes(folder, "one")).toEqual({ journal: 10, graph: 20, recovery: 30, tasks: 40, other: 3, otherDevices: 500 });
  expect(await storageSizes(folder, "new")).toMatchObject({ journal: 0, other: 0, otherDevices: 603 });
});
