import type { Hasher } from "../../kernel/hash";
import type { CanvasFingerprint, Rename } from "../../canvas/renames";
import { matchRenames } from "../../canvas/renames";
import { canvasKey } from "../../canvas/canvasPath";
import { parseCanvas } from "../../canvas/parseCanvas";
import type { LocalGraph } from "../../graph/localGraph";
import type { VaultPort } from "./vaultPort";

export interface RenameMatcherParts {
  readonly hasher: Hasher;
  readonly files: Pick<VaultPort, "readCanvas">;
  readonly graph: LocalGraph;
}

/**
 * Finds which vanished canvases live on under which new paths. Only a path without a file has vanished, and only one
 * without a canvas is new: news and listings may be older than both. Texts are read only where both kinds are there.
 */
export class RenameMatcher {
  constructor(private readonly parts: RenameMatcherParts) {}

  async match(vanished: readonly string[], appeared: readonly string[]): Promise<readonly Rename[]> {
    if (vanished.length === 0 || appeared.length === 0) return [];
    const spellings = new Set(appeared.map((path) => canvasKey(path)));
    const old: CanvasFingerprint[] = [];
    for (const path of vanished) {
      // Where case does not count, the old spelling of a name still leads to the file.
      if (spellings.has(canvasKey(path)) || (await this.isMissing(path))) old.push(...(await this.known(path)));
    }
    const fresh: CanvasFingerprint[] = [];
    for (const path of appeared) if (this.parts.graph.canvasByPath(path) === null) fresh.push(...(await this.present(path)));
    return matchRenames(old, fresh);
  }

  private async isMissing(path: string): Promise<boolean> {
    return (await this.parts.files.readCanvas(path)).kind === "missing";
  }

  private async known(path: string): Promise<CanvasFingerprint[]> {
    const canvas = this.parts.graph.canvasByPath(path);
    if (canvas === null) return [];
    const { nodes } = await this.parts.graph.lastGood(canvas.id);
    const hash = this.parts.graph.stamp(path)?.hash ?? "";
    return [{ path, nodeIds: new Set(nodes.map((node) => node.id)), hash }];
  }

  private async present(path: string): Promise<CanvasFingerprint[]> {
    const file = await this.parts.files.readCanvas(path);
    if (file.kind !== "read") return [];
    const parsed = parseCanvas(path, file.content);
    if (parsed.kind === "unreadable") return [];
    const nodes = parsed.kind === "document" ? parsed.document.nodes : [];
    return [{ path, nodeIds: new Set(nodes.map((node) => node.id)), hash: this.parts.hasher.sha256(file.content) }];
  }
}
