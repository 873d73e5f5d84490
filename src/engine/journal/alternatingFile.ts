import type { Hasher } from "../kernel/hash";
import type { DataFolder } from "./port";
import { createSerial } from "../kernel/serial";

/** A text together with how many times it had been written. */
export interface Generation {
  readonly generation: number;
  readonly text: string;
}

/**
 * One JSON text kept in two files, `<base>.a.json` and `<base>.b.json`, each with a generation and a CRC-32.
 * A write replaces the older one, so a write that is cut at any byte leaves the newer one whole.
 */
export interface AlternatingFile {
  /** The newest text that is whole, or null when there is none. Rejects with StorageError when the host cannot read. */
  read(): Promise<Generation | null>;
  /** Whether something stands there although `read` finds nothing that is whole. Rejects as `read` does. */
  isDamaged(): Promise<boolean>;
  /**
   * Writes the next generation. `text` must be JSON. Rejects with StorageError; the last good text then still
   * stands.
   */
  write(text: string): Promise<void>;
}

type Slot = "a" | "b";

interface Newest {
  readonly slot: Slot;
  readonly generation: number;
}

const nothingYet: Newest = { slot: "b", generation: 0 };

export function createAlternatingFile(folder: DataFolder, basePath: string, hasher: Hasher): AlternatingFile {
  const pathOf = (slot: Slot): string => `${basePath}.${slot}.json`;
  // One at a time: two writes at once would take the same slot and the same generation.
  const serial = createSerial();
  let newest: Newest | null = null;

  async function load(): Promise<Generation | null> {
    const [a, b] = await Promise.all([readSlot("a"), readSlot("b")]);
    const slot: Slot = (b?.generation ?? 0) > (a?.generation ?? 0) ? "b" : "a";
    const found = slot === "a" ? a : b;
    newest = found === null ? nothingYet : { slot, generation: found.generation };
    return found;
  }

  async function readSlot(slot: Slot): Promise<Generation | null> {
    const content = await folder.read(pathOf(slot));
    return content === null ? null : unwrap(content, hasher);
  }

  async function isDamaged(): Promise<boolean> {
    const contents = await Promise.all([folder.read(pathOf("a")), folder.read(pathOf("b"))]);
    const there = contents.filter((content) => content !== null);
    return there.length > 0 && there.every((content) => unwrap(content, hasher) === null);
  }

  async function replaceOlder(text: string): Promise<void> {
    if (newest === null) await load();
    const { slot, generation } = newest ?? nothingYet;
    const next: Newest = { slot: slot === "a" ? "b" : "a", generation: generation + 1 };
    await folder.write(pathOf(next.slot), wrap({ generation: next.generation, text }, hasher));
    newest = next;
  }

  return {
    read: () => serial(load),
    isDamaged: () => serial(isDamaged),
    write: (text) => serial(() => replaceOlder(text)),
  };
}

const HEAD = /^\{"generation":([1-9]\d{0,14}),"crc":"([0-9a-f]{8})","content":/;

function wrap({ generation, text }: Generation, hasher: Hasher): string {
  return `{"generation":${generation},"crc":"${checksum(generation, text, hasher)}","content":${text}}`;
}

function unwrap(content: string, hasher: Hasher): Generation | null {
  const head = HEAD.exec(content);
  if (head === null || !content.endsWith("}")) return null;
  const generation = Number(head[1]);
  const text = content.slice(head[0].length, -1);
  return checksum(generation, text, hasher) === head[2] ? { generation, text } : null;
}

function checksum(generation: number, text: string, hasher: Hasher): string {
  return hasher.crc32(`${generation}:${text}`);
}
