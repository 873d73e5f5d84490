import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deviceFor, devicesFile, knownDevice } from "../../../src/adapters/node/nodeDevice";
import { mintVaultId, pluginFolder, readVaultId } from "../../../src/adapters/node/nodeVaultIdentity";

const nobody = async (): Promise<null> => null;

describe("who this machine and this vault are", () => {
  let base = "";
  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), "canvas-engram-identity-"));
    await mkdir(join(base, "vault"));
    await mkdir(join(base, "other"));
  });
  afterEach(() => rm(base, { recursive: true, force: true }));

  it("keeps one device for each vault by its real path", async () => {
    const file = devicesFile({ XDG_STATE_HOME: join(base, "state") });
    expect(file).toBe(join(base, "state", "canvas-engram", "devices.json"));
    expect(await knownDevice(join(base, "vault"), file)).toBeNull();
    const device = await deviceFor(join(base, "vault"), file);
    expect(device).toMatch(/^[0-9a-f]{16}$/);
    await symlink(join(base, "vault"), join(base, "link"));
    expect(await deviceFor(join(base, "link"), file)).toBe(device);
    expect(await deviceFor(join(base, "other"), file)).not.toBe(device);
    expect(await knownDevice(join(base, "vault"), file)).toBe(device);
  });

  it("is one device for all who ask first at the same time, whatever becomes of the list", async () => {
    const file = devicesFile({ XDG_STATE_HOME: join(base, "state") });
    const ask = (vault: string): Promise<string> => deviceFor(join(base, vault), file);
    const vaults = ["vault", "other"].flatMap((vault) => Array<string>(8).fill(vault));
    const devices = await Promise.all(vaults.map(ask));
    expect([new Set(devices.slice(0, 8)).size, new Set(devices.slice(8)).size, new Set(devices).size]).toEqual([1, 1, 2]);
    expect(await Promise.all(vaults.map(ask))).toEqual(devices);
    await rm(file);
    expect(await knownDevice(join(base, "vault"), file)).toBe(devices[0]);
    expect(await ask("other")).toBe(devices[8]);
  });

  it("is one vault for all who mint first at the same time", async () => {
    const vault = join(base, "vault");
    const ids = await Promise.all(Array.from({ length: 8 }, () => mintVaultId(vault, nobody)));
    expect(ids).toEqual(Array(8).fill(await readVaultId(vault)));
    expect(await readdir(pluginFolder(vault))).toEqual(["data.json"]);
  });

  it("is the vault that its journals name where the plugin's data names none", async () => {
    const vault = join(base, "vault");
    expect(await mintVaultId(vault, async () => "told")).toBe("told");
    const file = join(pluginFolder(vault), "data.json");
    await writeFile(file, '{"mine":1}');
    expect(await mintVaultId(vault, async () => "again")).toBe("again");
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual({ mine: 1, vault: "again" });
  });

  it("does not write over a list of devices that it cannot read", async () => {
    const file = join(base, "devices.json");
    await writeFile(file, "{oops");
    await expect(deviceFor(join(base, "vault"), file)).rejects.toThrow(/not valid JSON/);
    expect(await readFile(file, "utf8")).toBe("{oops");
  });

  it("mints the vault's id once and keeps everything else in the plugin's data", async () => {
    const vault = join(base, "vault");
    expect(await readVaultId(vault)).toBeNull();
    await mkdir(pluginFolder(vault), { recursive: true });
    await writeFile(join(pluginFolder(vault), "data.json"), '{"engine":{"concurrency":3}}');
    const id = await mintVaultId(vault, nobody);
    expect(await mintVaultId(vault, nobody)).toBe(id);
    expect(JSON.parse(await readFile(join(pluginFolder(vault), "data.json"), "utf8"))).toEqual({ engine: { concurrency: 3 }, vault: id });
  });
});
