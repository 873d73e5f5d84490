import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CanvasPatch } from "../../src/engine/canvas/patch";
import { writingProcesses, type WritingProcesses } from "../scenarios/writingProcess";
import { endWritersAfterTests, startWriter } from "./fixtures/writerHost";
import type { ObsidianHost } from "./launch";
import { browserAvailable } from "./node/browser";
import { withWriterPlugin } from "./pagePlugin";

const PATH = "board.canvas";
const COUNT = 60;

function adding(id: string): CanvasPatch {
  return [{ kind: "add-node", node: { id, type: "text", text: "app", x: 0, y: 0, width: 10, height: 10 } }];
}

function idsOf(name: string): string[] {
  return Array.from({ length: COUNT }, (_, at) => `${name}-${at}`);
}

/** Adds nodes from the app, and tries again where it is told to. */
function addInApp(host: ObsidianHost): Promise<void> {
  return withWriterPlugin(
    host,
    async ({ writer }, [path, patches]) => {
      for (let at = 0; at < patches.length; ) {
        const result = await writer.mutate(path, patches[at] ?? []);
        if (result.kind === "written") at += 1;
        else if (result.kind !== "refused" || result.code !== "busy") throw new Error(JSON.stringify(result));
      }
    },
    [PATH, idsOf("app").map(adding)] as const,
  );
}

describe.skipIf(!browserAvailable())("the app and a headless process on one folder", { timeout: 180_000 }, () => {
  endWritersAfterTests();
  let processes: WritingProcesses;

  beforeAll(async () => {
    processes = await writingProcesses();
  });

  afterAll(() => processes.remove());

  test.each(["closed", "open"])("lose no node of a canvas that is %s in the app", async (state) => {
    const host = await startWriter({ [PATH]: '{\n\t"nodes":[],\n\t"edges":[]\n}' }, { watch: true });
    if (state === "open") await host.openCanvas(PATH);
    await Promise.all([addInApp(host), processes.add(host.vaultDir, PATH, "process", COUNT)]);
    const { nodes } = JSON.parse(host.readFile(PATH)) as { nodes: { id: string }[] };
    for (const name of ["app", "process"]) {
      expect(nodes.map(({ id }) => id).filter((id) => id.startsWith(`${name}-`)), name).toEqual(idsOf(name));
    }
  });
});
