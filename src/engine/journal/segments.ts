import type { DataFolder } from "./port";

/** Bytes of a segment. Only a single line that is longer makes a longer one. */
export const SEGMENT_BYTES = 4 * 1024 * 1024;

const ENDING = ".ndjson";

export interface JournalFile {
  readonly path: string;
  /** Name of the file in its folder. */
  readonly name: string;
  /** Bytes at the time of listing. */
  readonly size: number;
}

export interface Segment extends JournalFile {
  /** From 1. */
  readonly number: number;
}

export interface JournalListing {
  /** In the order of their numbers. */
  readonly segments: readonly Segment[];
  /** Journal files with a name that no writer gives, such as the conflict copies of sync tools. In name order. */
  readonly strays: readonly JournalFile[];
}

/** The folder that holds everything that a device writes. */
export function deviceFolder(device: string): string {
  return `devices/${device}`;
}

export function segmentPath(device: string, number: number): string {
  return `${journalFolder(device)}/${segmentName(number)}`;
}

/** Every device that has a folder, in name order. */
export async function listDevices(folder: DataFolder): Promise<readonly string[]> {
  const { folders } = await folder.list("devices");
  return folders.filter((name) => !name.startsWith(".")).sort();
}

export async function listJournal(folder: DataFolder, device: string): Promise<JournalListing> {
  const { files } = await folder.list(journalFolder(device));
  const segments: Segment[] = [];
  const strays: JournalFile[] = [];
  for (const { name, size } of files) {
    // Sync tools keep what they are still loading under a name that begins with a dot.
    if (name.startsWith(".") || !name.endsWith(ENDING)) continue;
    const file = { path: `${journalFolder(device)}/${name}`, name, size };
    const number = segmentNumber(name);
    if (number === null) strays.push(file);
    else segments.push({ ...file, number });
  }
  segments.sort((a, b) => a.number - b.number);
  strays.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { segments, strays };
}

function journalFolder(device: string): string {
  return `${deviceFolder(device)}/journal`;
}

function segmentName(number: number): string {
  return `${String(number).padStart(6, "0")}${ENDING}`;
}

function segmentNumber(name: string): number | null {
  const number = Number.parseInt(name, 10);
  return number >= 1 && segmentName(number) === name ? number : null;
}
