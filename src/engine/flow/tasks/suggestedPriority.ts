import { isJsonObject, ownMember, type JsonValue } from "../../kernel/json";
import type { LocalGraph } from "../../graph/localGraph";
import type { Priority } from "../../learning/event";
import { suggestPriority } from "../../tasks/suggest/suggestPriority";
import { STEPS } from "./stepsKind";

export interface SuggestedPriority {
  readonly priority: Priority;
  /** For people, as sentences. */
  readonly reason: string;
}

interface Places {
  /** Vault paths of single canvases. */
  readonly canvases: ReadonlySet<string>;
  /** Folders that notes lie right in, for the sake of the canvases there. */
  readonly beside: ReadonlySet<string>;
  /** Folders with everything below them. */
  readonly folders: readonly string[];
}

/**
 * How soon a task is wanted that is about some canvases or folders: by the reviews of the notes there (of one canvas: of
 * the notes beside it), and by when they were worked on last. Null for a task about everything, about nothing of the
 * kind, or about places of which the graph knows nothing yet. `now` is epoch milliseconds.
 */
export function suggestedPriority(graph: Pick<LocalGraph, "canvases" | "notes">, kind: string, items: readonly JsonValue[], now: number): SuggestedPriority | null {
  const places = placesOf(items.flatMap((item) => placeOf(kind, item)));
  if (places.canvases.size === 0 && places.folders.length === 0) return null;
  const isBelow = (path: string): boolean => places.folders.some((folder) => path.startsWith(`${folder}/`));
  const canvases = graph.canvases().filter(({ live, path }) => live && (places.canvases.has(path) || isBelow(path)));
  const notes = graph.notes().filter(({ id }) => places.beside.has(folderOf(id)) || isBelow(id));
  const worked = [...canvases, ...notes].map(({ changedAt }) => changedAt);
  if (worked.length === 0) return null;
  const dues = notes.flatMap(({ due }) => timeOf(due));
  const history = { dueAt: dues.length === 0 ? null : least(dues), workedAt: -least(worked.map((at) => -at)) };
  const { priority, reasons } = suggestPriority(history, now);
  return { priority, reason: reasons.join(" ") };
}

type Place = { readonly canvas: string } | { readonly folder: string };

/** An export's folder is where it goes, and says nothing of what it is about. */
function placeOf(kind: string, item: JsonValue): readonly Place[] {
  if (!isJsonObject(item)) return [];
  const [stepKind, step] = [ownMember(item, "kind"), ownMember(item, "item")];
  if (kind === STEPS) return typeof stepKind === "string" && step !== undefined ? placeOf(stepKind, step) : [];
  if (kind !== "index" && kind !== "verify") return [];
  const [canvas, folder] = [ownMember(item, "canvas"), ownMember(item, "folder")];
  if (typeof canvas === "string") return [{ canvas }];
  return typeof folder === "string" ? [{ folder }] : [];
}

function placesOf(places: readonly Place[]): Places {
  const canvases = places.flatMap((place) => ("canvas" in place ? [place.canvas] : []));
  const folders = places.flatMap((place) => ("folder" in place ? [place.folder.replace(/\/+$/, "")] : []));
  return { canvases: new Set(canvases), beside: new Set(canvases.map(folderOf)), folders };
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function timeOf(due: number | string | null): readonly number[] {
  const time = typeof due === "string" ? Date.parse(due) : due;
  return time === null || Number.isNaN(time) ? [] : [time];
}

// Spread arguments are limited, and a vault has any number of notes.
function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}
