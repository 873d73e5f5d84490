import { ask, isGroup, isPage } from "./definitions";
import type { Item, Row } from "./definitions";

/** Names of the rows whose name, description or alias has every word of the query. */
export function searchSettings(items: readonly Item[], query: string): string[] {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== "");
  return rows(items)
    .filter((row) => ask(row.visible, true) && ask(row.searchable, true))
    .filter((row) => {
      const haystack = [row.name, textOf(row.desc), ...(row.aliases ?? [])].join("\n").toLowerCase();
      return words.every((word) => haystack.includes(word));
    })
    .map((row) => row.name);
}

function rows(items: readonly Item[]): Row[] {
  return items.flatMap((item) => {
    if ((isGroup(item) || isPage(item)) && !ask(item.visible, true)) return [];
    if (isGroup(item) || isPage(item)) return rows(item.items ?? []);
    return [item];
  });
}

function textOf(desc: string | DocumentFragment | undefined): string {
  return typeof desc === "object" ? (desc.textContent ?? "") : (desc ?? "");
}
