import type { JsonValue } from "../../kernel/json";
import type { VaultListing, VaultPort } from "../capture/vaultPort";
import { readIndexRequest, type IndexRequest } from "./indexRequest";

/** What of a vault a request is about. */
export interface Requested {
  /** Paths, sorted. */
  readonly canvases: readonly string[];
  /** Folders that may hold more of them and cannot be read. */
  readonly unreadable: VaultListing["unreadable"];
}

/**
 * One item for each canvas that the requests ask for, each once, so that the progress of a task is that of its files. A
 * folder that cannot be read stays an item of its own, which says so when it runs. Rejects with RangeError for what is
 * no request, and where no canvas lies.
 */
export async function indexItems(files: Pick<VaultPort, "list">, requests: readonly JsonValue[]): Promise<readonly JsonValue[]> {
  const read = requests.map(readOrThrow);
  const listing = read.every((request) => request.kind === "canvas") ? nothing : await files.list();
  const items = read.flatMap((request) => itemsFor(request, listing));
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

export function requestedOf(request: IndexRequest, { canvases, unreadable }: VaultListing): Requested {
  const isMeant = (path: string): boolean => {
    if (request.kind === "folder") return path === request.folder || path.startsWith(`${request.folder}/`);
    return request.kind === "all" || path === request.path;
  };
  const isAround = (path: string): boolean => request.kind === "folder" && (path === ROOT || request.folder.startsWith(`${path}/`));
  return {
    canvases: canvases.map((file) => file.path).filter(isMeant).sort(),
    unreadable: unreadable.filter(({ path }) => isMeant(path) || isAround(path)),
  };
}

/** The vault's own folder, as hosts call it in listings. */
const ROOT = "/";

const nothing: VaultListing = { canvases: [], notes: [], unreadable: [] };

function readOrThrow(item: JsonValue): IndexRequest {
  const request = readIndexRequest(item);
  if (request.kind === "refused") throw new RangeError(request.reason);
  return request;
}

function itemsFor(request: IndexRequest, listing: VaultListing): readonly JsonValue[] {
  if (request.kind === "canvas") return [{ canvas: request.path }];
  const { canvases, unreadable } = requestedOf(request, listing);
  if (canvases.length === 0 && unreadable.length === 0) throw new RangeError(emptyText(request));
  return [...canvases.map((canvas) => ({ canvas })), ...unreadable.map(({ path }) => (path === ROOT ? { all: true } : { folder: path }))];
}

function emptyText(request: IndexRequest): string {
  return request.kind === "folder" ? `There is no canvas in the folder ${JSON.stringify(request.folder)}.` : "There is no canvas in this vault.";
}
