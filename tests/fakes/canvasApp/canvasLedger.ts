import { textDiff } from "../../../src/engine/canvas/views/textDiff";
import type { EntryChange, JsonObject } from "../../../src/engine/index";

/** What everybody did to a canvas, by id: what a fair app and a careful plugin must end with. */
export class CanvasLedger {
  private readonly wanted = new Map<string, JsonObject | null>();
  private readonly touched = new Map<string, number>();
  /** What the app lost by itself, or may have. */
  private readonly excused = new Set<string>();

  constructor(private readonly time: () => number) {}

  /** Somebody saw one text and made the other of it, now. */
  did(before: string, after: string): void {
    for (const change of changesOf(before, after)) {
      this.touched.set(change.id, this.time());
      if (change.kind === "removed") this.wanted.set(change.id, null);
      else if (change.kind === "added") this.wanted.set(change.id, change.after);
      else this.wanted.set(change.id, { ...(this.wanted.get(change.id) ?? change.before), ...pick(change) });
    }
  }

  /** A write that began at a time has come to its end. What others did meanwhile came before it or after it. */
  wrote(before: string, after: string, began: number): void {
    for (const change of changesOf(before, after)) {
      const isFree = (this.touched.get(change.id) ?? -1) < began;
      if (!isFree && change.kind !== "added") this.excused.add(change.id);
      if (!isFree) continue;
      if (change.kind === "removed") this.wanted.set(change.id, null);
      else if (change.kind === "added") this.wanted.set(change.id, change.after);
      else this.wanted.set(change.id, { ...this.wanted.get(change.id), ...pick(change) });
    }
  }

  excuse(before: string, after: string): void {
    for (const { id } of changesOf(before, after)) this.excused.add(id);
  }

  /** Excuses what both changes are about: two panes that differ on it, of which the app lets any one win. */
  excuseBoth(one: readonly [string, string], other: readonly [string, string]): void {
    const ids = new Set(changesOf(...one).map(({ id }) => id));
    for (const { id } of changesOf(...other)) if (ids.has(id)) this.excused.add(id);
  }

  /** What is not as it must be in the text at the end, and how much was looked at. */
  faults(text: string): { readonly faults: readonly string[]; readonly checked: number; readonly excused: number } {
    const faults: string[] = [];
    const { nodes, edges } = JSON.parse(text) as { nodes: JsonObject[]; edges: JsonObject[] };
    const found = new Map([...nodes, ...edges].map((entry) => [idOf(entry.id), entry]));
    if (found.size !== nodes.length + edges.length) faults.push("an id is there twice");
    for (const id of found.keys()) if (!this.wanted.has(id) && !this.excused.has(id)) faults.push(`${id} came from nowhere`);
    let checked = 0;
    for (const [id, wanted] of this.wanted) {
      if (this.excused.has(id)) continue;
      checked += 1;
      const entry = found.get(id);
      if (wanted === null && entry !== undefined) faults.push(`${id} was removed and is there`);
      if (wanted === null) continue;
      if (entry === undefined) faults.push(`${id} is lost`);
      else for (const key of Object.keys(wanted)) if (entry[key] !== wanted[key] && wanted[key] != null) faults.push(`${id}.${key} is ${JSON.stringify(entry[key])}, not ${JSON.stringify(wanted[key])}`);
    }
    return { faults, checked, excused: this.excused.size };
  }
}

function idOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function changesOf(before: string, after: string): readonly EntryChange[] {
  const diff = textDiff(before, after);
  return diff === null ? [] : [...diff.nodes, ...diff.edges];
}

function pick({ after, keys }: Extract<EntryChange, { kind: "changed" }>): JsonObject {
  return Object.fromEntries(keys.map((key) => [key, after[key] ?? null]));
}
