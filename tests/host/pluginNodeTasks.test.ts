import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ChatServer, WHOLE_ANSWER } from "../contracts/chatServer";
import type { ObsidianHost } from "./launch";
import { browserAvailable, closeBrowser } from "./node/browser";
import { button, chipToBe, closeHosts, journal, journaled, panel, soon, startCapturing, unfoldEnded } from "./pluginHost";

const PATH = "Maths.canvas";
const CARDS = JSON.stringify({
  nodes: [
    { id: "limits", type: "text", text: "Limits", x: 0, y: 100, width: 200, height: 60 },
    { id: "series", type: "text", text: "Series", x: 0, y: 300, width: 200, height: 60 },
  ],
  edges: [{ id: "e1", fromNode: "limits", fromSide: "bottom", toNode: "series", toSide: "top" }],
});

interface Made {
  readonly notes: number;
  readonly cards: number;
  readonly edges: number;
  readonly events: number;
}

function notes(host: ObsidianHost): readonly string[] {
  const folder = join(host.vaultDir, "Explanations");
  return host.exists("Explanations") ? readdirSync(folder) : [];
}

function canvasOf(host: ObsidianHost): { readonly nodes: readonly Record<string, unknown>[]; readonly edges: readonly Record<string, unknown>[] } {
  return JSON.parse(host.readFile(PATH)) as ReturnType<typeof canvasOf>;
}

function made(host: ObsidianHost): Made {
  const { edges, nodes } = canvasOf(host);
  return {
    notes: notes(host).length,
    cards: nodes.filter((node) => node["type"] === "file").length,
    edges: edges.length - 1,
    events: journal(host).filter((line) => line.type === "explanation_created").length,
  };
}

const one: Made = { notes: 1, cards: 1, edges: 1, events: 1 };

/** A row of the panel's tasks by a part of its title. */
function row(host: ObsidianHost, title: string): ReturnType<ObsidianHost["page"]["locator"]> {
  return panel(host).locator(".canvas-engram-task", { hasText: title });
}

/** An entry of the open menu, by its whole title. */
function item(host: ObsidianHost, title: string): ReturnType<ObsidianHost["page"]["locator"]> {
  return host.page.locator(".menu .menu-item-title").getByText(title, { exact: true });
}

/** Without what is meant to be: the host notes each `fetch`, and a browser each 404. */
async function otherErrors(host: ObsidianHost): Promise<readonly string[]> {
  return (await host.errors()).filter((text) => !/^refused: fetch\(http:\/\/127\.0\.0\.1:\d+\/[a-z-]+\/chat\/completions\)|status of 404/.test(text));
}

async function useModel(host: ObsidianHost, url: string): Promise<void> {
  await host.openSettings();
  await host.setDropdown("Explanations by", "model");
  await host.setText("Address of the model", url);
  await host.setText("Model", "llama3.2");
  await host.setSecret("Key of the model", "llama", "s3cret key");
  await host.closeSettings();
}

describe.skipIf(!browserAvailable())("tasks on the cards of a canvas", { timeout: 180_000 }, () => {
  const server = new ChatServer();
  let at = "";
  beforeAll(async () => {
    at = await server.open();
  });
  afterEach(closeHosts);
  afterAll(async () => {
    await server.close();
    await closeBrowser();
  });

  test("explain a card from its menu, beside it on the open canvas, and take it back from the panel", async () => {
    const host = await startCapturing({ [PATH]: CARDS });
    const canvas = await host.openCanvas(PATH);
    await canvas.rightClick("limits");
    await host.screenshot("plugin-card-menu-light");
    await item(host, "Explain").click();
    await soon(() => host.notices()).toContain("Explain (plain words): Limits: started. The panel shows how far it is.");
    await soon(() => made(host)).toEqual(one);
    const [note = ""] = notes(host);
    expect(host.readFile(`Explanations/${note}`)).toContain("# Limits");
    await soon(async () => (await canvas.nodes()).map(({ type }) => type)).toEqual(["text", "text", "file"]);
    expect((await journaled(host, "explanation_created")).subject).toEqual({ kind: "node", id: "limits" });
    await unfoldEnded(host);
    await row(host, "Explain (plain words): Limits").getByText("Done").waitFor();
    await host.screenshot("plugin-explained-light");

    await row(host, "Explain (plain words): Limits").getByRole("button", { name: /^Undo/ }).click();
    await host.page.locator(".modal").getByRole("button", { name: "Undo" }).click();
    await soon(() => host.notices()).toContain("Undone: 1 canvas and 1 note.");
    await soon(() => [made(host).notes, made(host).cards, made(host).edges]).toEqual([0, 0, 0]);
    expect((await canvas.nodes()).map(({ id }) => id)).toEqual(["limits", "series"]);
    expect(await host.errors()).toEqual([]);
  });

  test("make one of everything of a double click, and of clicks before and after a reload and a crash", async () => {
    const host = await startCapturing({ [PATH]: CARDS });
    const open = async (): Promise<void> => {
      const canvas = await host.openCanvas(PATH);
      await canvas.rightClick("limits");
      await item(host, "Explain").waitFor();
    };
    await open();
    await item(host, "Explain").dblclick({ noWaitAfter: true });
    await host.reload();
    await chipToBe(host, "All saved here");
    await open();
    await item(host, "Explain").click();
    await soon(() => made(host)).toEqual(one);
    await host.crash();
    await host.reload();
    await chipToBe(host, "All saved here");
    await open();
    await item(host, "Explain").click();
    await unfoldEnded(host);
    await soon(() => row(host, "Explain (plain words): Limits").getByText("Done").count()).toBeGreaterThan(0);
    await soon(() => row(host, "Explain (plain words): Limits").getByText("Running").count()).toBe(0);
    expect(made(host)).toEqual(one);
    expect(await host.errors()).toEqual([]);
  });

  test("show what a model is sent before the first time, let others wait their turn, and end with one notice when cancelled", async () => {
    const host = await startCapturing({ [PATH]: CARDS });
    await useModel(host, `${at}/hold`);
    const canvas = await host.openCanvas(PATH);
    const before = server.asked.length;
    await canvas.rightClick("limits");
    await item(host, "Explain").click();
    const dialog = host.page.locator(".modal");
    await dialog.getByText("Send this to the model?").waitFor();
    await host.screenshot("plugin-model-preview-light");
    const shown = await dialog.locator("pre").allTextContents();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    expect(server.asked).toHaveLength(before);
    expect(made(host)).toEqual({ notes: 0, cards: 0, edges: 0, events: 0 });

    await canvas.rightClick("limits");
    await item(host, "Explain").click();
    await dialog.getByRole("button", { name: "Send" }).click();
    await soon(() => server.asked.length).toBe(before + 1);
    const asked = server.asked.at(-1);
    expect(asked?.body.messages.map(({ content }) => content)).toEqual(shown);
    expect(asked?.headers.authorization).toBe("Bearer s3cret key");
    expect(JSON.stringify(host.dataJson())).not.toContain("s3cret");

    await canvas.rightClick("limits");
    await item(host, "Explain").click();
    await soon(() => host.notices()).toContain("Explain (plain words): Limits: already running.");
    await canvas.rightClick("limits");
    await item(host, "Set mastery…").click();
    await host.page.getByText("Mastered", { exact: true }).click();
    await soon(async () => (await host.notices()).join("\n")).toContain("This node is busy with “Explain (plain words): Limits”; queued: Set mastery to mastered: Limits");
    expect(canvasOf(host).nodes[0]).not.toHaveProperty("color");

    const left = server.left;
    await row(host, "Explain (plain words): Limits").getByRole("button", { name: /^Cancel/ }).click();
    await soon(() => server.left).toBe(left + 1);
    await soon(() => canvasOf(host).nodes[0]?.["color"]).toBe("5");
    server.release();
    const told = (await host.notices()).flatMap((text) => text.split("\n")).filter((line) => /cancelled/i.test(line));
    expect([...new Set(told)]).toEqual(["Explain (plain words): Limits: cancelled."]);
    expect(made(host)).toEqual({ notes: 0, cards: 0, edges: 0, events: 0 });
    expect(await otherErrors(host)).toEqual([]);
  });

  test("write what a model streams, and say what a wrong one needs", async () => {
    const host = await startCapturing({ [PATH]: CARDS });
    await useModel(host, `${at}/no-model`);
    const canvas = await host.openCanvas(PATH);
    await canvas.rightClick("limits");
    await item(host, "Explain").click();
    await host.page.locator(".modal").getByRole("button", { name: "Send" }).click();
    await soon(async () => (await host.notices()).some((text) => text.includes('The endpoint has no model named "llama3.2"'))).toBe(true);
    await row(host, "Explain (plain words): Limits").getByText("On hold").waitFor();

    await host.openSettings();
    await host.setText("Address of the model", `${at}/stream`);
    await host.closeSettings();
    await canvas.rightClick("limits");
    await item(host, "Explain").click();
    await host.page.locator(".modal").getByRole("button", { name: "Send" }).click();
    await soon(() => made(host)).toEqual(one);
    const [note = ""] = notes(host);
    expect(host.readFile(`Explanations/${note}`)).toContain(WHOLE_ANSWER);
    expect(await otherErrors(host)).toEqual([]);
  });

  test("are found in the menus of connections and selections, and in the palette", async () => {
    const host = await startCapturing({ [PATH]: CARDS });
    const canvas = await host.openCanvas(PATH);
    await canvas.rightClickEdge("e1");
    // The host shows the menu of a connection where its line is, which may be outside of what can be clicked at.
    await item(host, "Explain as…").dispatchEvent("click");
    await host.page.getByText("Comparison", { exact: true }).click();
    await soon(() => made(host)).toEqual(one);
    expect((await journaled(host, "explanation_created")).subject).toEqual({ kind: "edge", id: "e1" });

    await canvas.select("limits", "series");
    await canvas.rightClick("series");
    await item(host, "Set mastery…").click();
    await host.page.locator(".suggestion-item").getByText("Learning", { exact: true }).click();
    await soon(() => canvasOf(host).nodes.slice(0, 2).map((node) => node["color"])).toEqual(["2", "2"]);
    await host.palette("Canvas Engram: Summarise this canvas to a note");
    await soon(() => notes(host).some((name) => name.startsWith("Maths summary "))).toBe(true);
    await host.openFile(`Explanations/${notes(host)[0] ?? ""}`);
    expect(await host.command("explain-cards")).toBe(false);
    expect(await button(host, "Undo").count()).toBe(0);
    expect(await host.errors()).toEqual([]);
  });
});
