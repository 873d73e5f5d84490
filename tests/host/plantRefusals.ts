import { readdirSync } from "node:fs";
import { join } from "node:path";
import { NodeDataFolder } from "../../src/adapters/node/nodeDataFolder";
import { nodeHasher } from "../../src/adapters/node/nodeHasher";
import { openAcknowledgements } from "../../src/engine/journal/acknowledgements";
import { openDeadLetters } from "../../src/engine/journal/deadLetters";
import { readEvent } from "../../src/engine/learning/readEvent";
import type { ObsidianHost } from "./launch";
import { journal, soon } from "./pluginHost";
import type { JournalLine } from "./pluginHost";

/** Nobody listens there. */
const ADDRESS = "bolt://localhost:47687";

/** Turns sending on, to where nobody answers. */
export async function sendNowhere(host: ObsidianHost): Promise<void> {
  await host.openSettings();
  await host.setText("Address", ADDRESS);
  await host.setSecret("Password", "nowhere", "x");
  await host.setToggle("Send to Neo4j", true);
  await soon(() => host.dataJson()).toMatchObject({ neo4j: { enabled: true, uri: ADDRESS } });
  await host.closeSettings();
}

/**
 * The first event reached a database at the address once, and these were refused there, for the reason that
 * `classOf` names. The plugin is off meanwhile.
 */
export async function plantRefusals(host: ObsidianHost, chosen: (line: JournalLine) => boolean, classOf: (line: JournalLine) => string = () => "data"): Promise<void> {
  const root = join(host.vaultDir, ".obsidian", "plugins", "canvas-engram");
  const [device = ""] = readdirSync(join(root, "devices"));
  const target = `${ADDRESS}/neo4j planted`;
  const folder = new NodeDataFolder(root, host.vaultDir);
  const own = { folder, device, hasher: nodeHasher, writes: true };
  const acks = await openAcknowledgements({ ...own, onFailure: () => undefined });
  acks.acknowledge(target, [{ device, seq: 1 }]);
  await acks.flush();
  const dead = await openDeadLetters({ ...own, readEvent });
  await dead.add(
    journal(host).filter(chosen).map((line) => {
      const read = readEvent(line);
      if (read.kind !== "event") throw new Error("the journal has a line that is no event");
      return { target, event: read.event, reason: "It is too large.", class: classOf(line), code: "Neo.Large", attempts: 3, firstAt: 1, lastAt: 2 };
    }),
  );
  await folder.close();
}
