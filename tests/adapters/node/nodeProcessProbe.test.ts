import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { nodeProcessProbe } from "../../../src/adapters/node/nodeProcessProbe";

describe("processes of this machine", () => {
  it("are alive until they end", () => {
    const ended = spawnSync(process.execPath, ["-e", ""]);
    expect(nodeProcessProbe.isAlive(process.pid)).toBe(true);
    expect(nodeProcessProbe.isAlive(process.ppid)).toBe(true);
    expect(nodeProcessProbe.isAlive(ended.pid)).toBe(false);
  });

  it.each([0, -1, 1.5, Number.NaN])("are not what %j names", (pid) => {
    expect(nodeProcessProbe.isAlive(pid)).toBe(false);
  });

  it("know themselves", () => {
    expect(nodeProcessProbe.pid).toBe(process.pid);
    expect(nodeProcessProbe.host).not.toBe("");
  });
});
