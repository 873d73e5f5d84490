import type { JsonValue } from "../../kernel/json";
import { vaultPaths, type VaultPathsParts } from "./verify/vaultPaths";
import { readVerifyRequest, verifyItem, type VerifyRequest } from "./verify/verifyRequest";

/**
 * The items of a task that compares, so that its progress is real: one for each canvas, one for what has no partner on the
 * other side, and one for the store. Each once. Rejects with RangeError for what is no item of the kind.
 */
export async function verifyItems(parts: VaultPathsParts, requests: readonly JsonValue[]): Promise<readonly JsonValue[]> {
  const items: JsonValue[] = [];
  for (const request of requests.map(readOrThrow)) items.push(...(await itemsFor(parts, request)).map(verifyItem));
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

function readOrThrow(item: JsonValue): VerifyRequest {
  const request = readVerifyRequest(item);
  if (request.kind === "refused") throw new RangeError(request.reason);
  return request;
}

async function itemsFor(parts: VaultPathsParts, request: VerifyRequest): Promise<readonly VerifyRequest[]> {
  const { repair, scope, which } = request;
  const store: readonly VerifyRequest[] = scope === "files" ? [] : [{ scope: "store", repair, which }];
  if (scope === "store") return store;
  if (which.kind !== "all") return [{ scope: "files", repair, which }, ...store];
  const { matched, ...others } = await vaultPaths(parts);
  const files = matched.map((path) => ({ scope: "files", repair, which: { kind: "canvas", path } }) as const);
  const hasUnmatched = [others.onlyFile, others.onlyGraph, others.unreadable].some((paths) => paths.length > 0);
  const unmatched: readonly VerifyRequest[] = hasUnmatched ? [{ scope: "files", repair, which: { kind: "unmatched" } }] : [];
  return [...files, ...unmatched, ...store];
}
