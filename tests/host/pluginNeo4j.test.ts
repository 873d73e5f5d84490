import { connect, createServer, type AddressInfo, type Server } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { neverAborted } from "../../src/engine/index";
import { openCypher } from "../neo4j/cypher";
import { openStore } from "../neo4j/openStore";
import { testServer } from "../neo4j/testServer";
import type { ObsidianHost } from "./launch";
import { browserAvailable, closeBrowser } from "./node/browser";
import { button, canvasText, chipToBe, closeHosts, figure, journal, openTab, panel, soon, startCapturing } from "./pluginHost";

const server = await testServer();
const here = server ?? { uri: "bolt://localhost:7687", user: "", password: "" };
const port = Number(/:(\d+)$/.exec(here.uri)?.[1] ?? 7687);

const vault = {
  "Maths.canvas": canvasText({ id: "limits", text: "Limits" }, { id: "series", text: "Series", color: "1" }),
  "Physics.canvas": canvasText({ id: "force", text: "Force", color: "4" }),
};

const relays = new Set<Server>();

/** A door to the server that a test can shut: connections are then refused. */
async function openDoor(at = 0): Promise<{ port: number; shut(): Promise<void> }> {
  const sockets = new Set<{ destroy(): unknown }>();
  const door = createServer((client) => {
    const upstream = connect(port, "127.0.0.1");
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined).on("close", () => [client, upstream].forEach((one) => one.destroy()));
    }
    client.pipe(upstream).pipe(client);
  });
  relays.add(door);
  await new Promise<void>((resolve) => door.listen(at, "127.0.0.1", resolve));
  return {
    port: (door.address() as AddressInfo).port,
    shut: async () => {
      relays.delete(door);
      const closed = new Promise<void>((resolve) => door.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Fills in the settings with real keys and turns Neo4j on with a real click. */
async function connectByHand(host: ObsidianHost, uri: string, password: string): Promise<void> {
  await host.openSettings();
  await host.setText("Address", uri);
  await host.setText("User", here.user);
  await host.setSecret("Password", "neo4j-test", password);
  await host.setToggle("Send to Neo4j", true);
}

async function allSent(host: ObsidianHost): Promise<void> {
  await chipToBe(host, "All sent");
  await soon(() => figure(host, "sent")).toBe(String(journal(host).length));
  expect(await figure(host, "waiting")).toBe("0");
}

async function counted(host: ObsidianHost): Promise<Record<string, unknown> | undefined> {
  const cypher = openCypher(here);
  const id = (host.dataJson() as { vault: string }).vault;
  try {
    const [row] = await cypher.run(
      `RETURN COUNT { MATCH (:LearningEvent {vault: $id}) } AS events, COUNT { MATCH (:Canvas {vault: $id}) } AS canvases,
        COUNT { MATCH (n:CanvasNode {vault: $id}) } AS nodes`,
      { id },
    );
    return row;
  } finally {
    await cypher.close();
  }
}

describe.skipIf(server === null || !browserAvailable())("the plugin with a real Neo4j, over WebSocket", { timeout: 180_000 }, () => {
  // The first connection to a fresh server makes the schema and plans the statement, which takes long on a busy machine.
  beforeAll(async () => {
    const store = openStore(here, "warm-up");
    expect((await store.connect(neverAborted)).kind).toBe("connected");
    await store.close();
  }, 300_000);

  afterEach(async () => {
    await closeHosts();
    for (const relay of relays) relay.close();
    relays.clear();
  });
  afterAll(closeBrowser);

  test("says what is wrong with a password, and sends everything once it is right", async () => {
    const host = await startCapturing(vault);
    await connectByHand(host, here.uri, "not the password");
    await host.setting("Test connection").getByRole("button", { name: "Test" }).click();
    await host.setting("Test connection").getByText(/password/i).last().waitFor();
    await soon(() => host.setting("Test connection").textContent()).toMatch(/user|password/i);
    await host.screenshot("plugin-wrong-password-settings-light");
    await host.closeSettings();
    await chipToBe(host, "Saved here, Neo4j needs you");
    expect(await figure(host, "waiting")).toBe(String(journal(host).length));
    await host.screenshot("plugin-wrong-password-light");

    await host.openSettings();
    await host.setSecret("Password", "neo4j-right", here.password);
    await host.setting("Test connection").getByRole("button", { name: "Test" }).click();
    await soon(async () => (await host.notices()).find((text) => text.startsWith("Connected to Neo4j"))).toMatch(/in \d+ ms/);
    await host.closeSettings();
    await allSent(host);
    expect(await counted(host)).toEqual({ events: journal(host).length, canvases: 2, nodes: 3 });

    host.writeFile("Maths.canvas", canvasText({ id: "limits", text: "Limits", color: "4" }, { id: "series", text: "Series", color: "1" }));
    await soon(() => journal(host).length).toBe(6);
    await allSent(host);
    expect(await counted(host)).toMatchObject({ events: 6 });
    await openTab(host, "Batches");
    expect(await panel(host).getByRole("region", { name: "Last batches" }).getByRole("row").nth(1).textContent()).toMatch(/1Stored\d+ ms/);
    await host.screenshot("plugin-sent-light");
    await host.setTheme("dark");
    await host.screenshot("plugin-sent-dark");
    expect(JSON.stringify([host.dataJson(), journal(host), await host.errors()])).not.toContain(here.password);
  });

  test("keeps everything while the server is away, pauses when asked, and leaves no socket", async () => {
    const host = await startCapturing(vault);
    const door = await openDoor();
    await connectByHand(host, `bolt://127.0.0.1:${door.port}`, here.password);
    await host.closeSettings();
    await allSent(host);

    await door.shut();
    host.writeFile("Physics.canvas", canvasText({ id: "force", text: "Force", color: "5" }));
    await chipToBe(host, "Saved here, 1 waiting");
    await host.screenshot("plugin-away-light");
    expect(await panel(host).locator(".canvas-engram-connection").textContent()).toContain("Everything is kept here");
    const again = await openDoor(door.port);
    await button(host, "Try again").click();
    await allSent(host);

    await button(host, "All sent").click();
    await button(host, "Pause").click();
    await chipToBe(host, "Saved here, paused");
    host.writeFile("Physics.canvas", canvasText({ id: "force", text: "Force", color: "3" }));
    await soon(() => figure(host, "waiting")).toBe("1");
    expect(await counted(host)).toMatchObject({ events: journal(host).length - 1 });
    await host.command("resume-sync");
    await allSent(host);
    expect(await counted(host)).toMatchObject({ events: journal(host).length });
    await host.disablePlugin();
    expect(await host.lastingLeaks(5000)).toEqual([]);
    await again.shut();
  });

  test("removes this vault's data from Neo4j, keeps the history, and is off then", async () => {
    const host = await startCapturing(vault);
    const lines = journal(host);
    await connectByHand(host, here.uri, here.password);
    await host.closeSettings();
    await allSent(host);
    await host.command("remove-neo4j-data");
    await host.page.locator(".mod-confirmation").getByRole("button", { name: "Remove" }).click();
    await chipToBe(host, "All saved here");
    expect(await counted(host)).toEqual({ events: 0, canvases: 0, nodes: 0 });
    expect(journal(host)).toEqual(lines);
    expect(host.dataJson()).toMatchObject({ neo4j: { enabled: false } });

    await host.openSettings();
    await host.setToggle("Send to Neo4j", true);
    await host.closeSettings();
    await allSent(host);
    expect(await counted(host)).toEqual({ events: lines.length, canvases: 2, nodes: 3 });
  });
});
