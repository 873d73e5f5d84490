import { appendFile, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NodeDataFolder } from "../../../src/adapters/node/nodeDataFolder";
import { opened, own, segment, seqsOf, unplaced, unplacedUpTo } from "../../engine/journal/journalSetting";

describe("a journal on this machine", () => {
  let root: string;
  let folder: NodeDataFolder;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "engram-journal-"));
    folder = new NodeDataFolder(root);
  });

  afterEach(async () => {
    await folder.close();
    await rm(root, { recursive: true, force: true });
  });

  it("is the same at the next start, over several segments", async () => {
    const { journal } = await opened(folder, { segmentBytes: 20_000 });
    await Promise.all(unplacedUpTo(300).map((event) => journal.append([event])));
    expect((await readdir(join(root, "devices", own, "journal"))).length).toBeGreaterThan(5);
    const again = await opened(new NodeDataFolder(root));
    expect(again.tail.map(({ id }) => id)).toEqual(unplacedUpTo(300).map(({ id }) => id));
    expect(await seqsOf(again.journal.read({ device: own, from: 299 }))).toEqual([299, 300]);
  });

  it("acknowledges nothing that went into a file that was taken away, and goes on in a new segment", async () => {
    const { journal } = await opened(folder);
    await journal.append(unplacedUpTo(2));
    await rename(join(root, segment(1)), join(root, segment(1)).replace(".ndjson", ".bak"));
    await expect(journal.append([unplaced(3)])).rejects.toMatchObject({ fault: "gone" });
    expect(journal.state.kind).toBe("failing");
    await journal.append([unplaced(4)]);
    expect(journal.state.kind).toBe("ok");
    const again = await opened(new NodeDataFolder(root));
    expect(again.tail.map(({ id }) => id)).toEqual([unplaced(4).id]);
    expect(await readdir(join(root, "devices", own, "journal"))).toContain("000002.ndjson");
  });

  it("continues behind a line that a killed process left half written", async () => {
    await (await opened(folder)).journal.append(unplacedUpTo(2));
    await folder.close();
    await appendFile(join(root, segment(1)), '{"v":1,"id":"0a');
    const { journal } = await opened(folder);
    await journal.append([unplaced(3)]);
    const { journal: next, tail } = await opened(new NodeDataFolder(root));
    expect(tail.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(next.counts).toMatchObject({ cut: 1, quarantined: 0 });
  });
});
