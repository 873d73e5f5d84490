import type { CanvasDocument } from "../../../canvas/document";
import type { ExplanationIds } from "../../../tasks/nodes/nodeIdentity";
import { readStamp } from "../../../tasks/nodes/noteStamp";
import type { NodeWorkParts } from "./nodeWork";

/** A note that explains something, as it stands. */
export interface Explanation {
  readonly path: string;
  readonly text: string;
}

/**
 * The note of an explanation that was made before; null when there is none. The card that shows it leads to it also where
 * the user moved or renamed it; where that card is gone, its name does, wherever it lies.
 */
export async function findExplanation({ host, vaultFiles }: Pick<NodeWorkParts, "host" | "vaultFiles">, { nodes }: CanvasDocument, ids: ExplanationIds): Promise<Explanation | null> {
  const shown = nodes.find(({ id }) => id === ids.node)?.["file"];
  if (typeof shown === "string") {
    const text = await host.notes.read(shown);
    if (text !== null) return { path: shown, text };
  }
  const { notes } = await vaultFiles.list();
  for (const { path } of notes.filter((note) => note.path.endsWith(` ${ids.key}.md`))) {
    const text = await host.notes.read(path);
    const stamp = text === null ? null : readStamp(text);
    if (text !== null && (stamp === null || stamp.identity === ids.identity)) return { path, text };
  }
  return null;
}
