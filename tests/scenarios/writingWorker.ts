import { NodeCanvasFiles } from "../../src/adapters/node/nodeCanvasFiles";
import { createSystemClock } from "../../src/adapters/system/systemClock";
import { CanvasWriter } from "../../src/engine/canvas/writer";
import { silentLogger } from "../../src/engine/kernel/logger";

/** A process that adds nodes to one canvas of a folder, one after another, and tries again where it is told to. */
const [folder = "", path = "", name = "", count = "0"] = process.argv.slice(2);
const writer = new CanvasWriter({ files: new NodeCanvasFiles(folder), clock: createSystemClock(), logger: silentLogger });

for (let at = 0; at < Number(count); ) {
  const node = { id: `${name}-${at}`, type: "text", text: name, x: at, y: 0, width: 10, height: 10 };
  const result = await writer.mutate(path, [{ kind: "add-node", node }]);
  if (result.kind === "written") at += 1;
  else if (result.kind !== "refused" || result.code !== "busy") throw new Error(JSON.stringify(result));
}
