import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { NodeDataFolder } from "../../src/adapters/node/nodeDataFolder";
import { nodeHasher } from "../../src/adapters/node/nodeHasher";
import { openAcknowledgements } from "../../src/engine/journal/acknowledgements";
import { openDeadLetters } from "../../src/engine/journal/deadLetters";
import { readEvent } from "../../src/engine/learning/readEvent";
import type { ObsidianHost } from "./launch";
import { browserAvailable, closeBrowser } from "./node/browser";
import { button, canvasText, closeHosts, journal, openTab, panel, soon, startCapturing } from "./pluginHost";

const vault = { "Maths.canvas": canvasText({ id: "limits", text: "Limits" }, { id: "series", text: "Series" }) };
/** Nobody listens there. */
const ADDRESS = "bolt://localhost:47687";

/** The first event reached a database at the address once, and the next ones were refused there. */
async function plantRefusals(host: ObsidianHost, count: number): Promise<void> {
  const root = join(host.vaultDir, ".obsidian", "plugins", "canvas-engram");
  const [device = ""] = readdirSync(join(root, "devices"));
  const target = `${ADDRESS}/neo4j planted`;
  const folder = new NodeDataFolder(root, host.vaultDir);
  const own = { folder, device, hasher: nodeHasher, writes: true };
  const acks = await openAcknowledgements({ ...own, onFailure: () => undefined });
  acks.acknowledge(target, [{ device, seq: 1 }]);
  await acks.flush();
  const dead = await openDeadLetters({ ...own, readEvent });
  const events = journal(host).slice(1, 1 + count).map((line) => readEvent(line));
  await dead.add(
    events.map((read) => {
      if (read.kind !== "event") throw new Error("the journal has a line that is no event");
      return { target, event: read.event, reason: "It is too large.", class: "data", code: "Neo.Large", attempts: 3, firstAt: 1, lastAt: 2 };
    }),
  );
  await folder.close();
}

describe.skipIf(!browserAvailable())("what Neo4j refused, in the panel", { timeout: 180_000 }, () => {
  afterEach(closeHosts);
  afterAll(closeBrowser);

  test("is discarded one by one or all, each time only after a yes, and the figures begin anew when asked", async () => {
    const host = await startCapturing(vault);
    await host.openSettings();
    await host.setText("Address", ADDRESS);
    await host.setSecret("Password", "nowhere", "x");
    await host.setToggle("Send to Neo4j", true);
    await soon(() => host.dataJson()).toMatchObject({ neo4j: { enabled: true, uri: ADDRESS } });
    await host.closeSettings();
    await host.disablePlugin();
    await plantRefusals(host, 2);
    await host.enablePlugin();

    await openTab(host, "Failed");
    const refused = panel(host).locator(".canvas-engram-dead");
    const rows = refused.locator(".canvas-engram-row");
    await soon(() => rows.count()).toBe(2);
    await host.screenshot("plugin-refused-light");
    const dialog = host.page.locator(".mod-confirmation");
    const title = (await rows.first().locator(".canvas-engram-link").textContent()) ?? "";
    await rows.first().getByRole("button", { name: `Discard…: ${title}` }).click();
    await dialog.getByText("1 event will not be sent to Neo4j any more").waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await soon(() => dialog.count()).toBe(0);
    expect(await rows.count()).toBe(2);
    await rows.first().getByRole("button", { name: `Discard…: ${title}` }).click();
    await dialog.getByRole("button", { name: "Discard", exact: true }).click();
    await soon(() => rows.count()).toBe(1);

    await openTab(host, "Batches");
    await button(host, "Reset figures").click();
    await soon(() => host.notices()).toContain("The figures begin at zero.");
    await openTab(host, "Failed");
    await refused.getByRole("button", { name: "Discard all…" }).click();
    await dialog.getByRole("button", { name: "Discard", exact: true }).click();
    await soon(() => refused.isVisible()).toBe(false);
    expect((await host.errors()).filter((error) => !error.includes("WebSocket connection"))).toEqual([]);
  });
});
