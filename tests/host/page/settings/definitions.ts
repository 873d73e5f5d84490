import type * as obsidian from "obsidian";

/* The official types of declarative settings, under short names. */
export type Item = obsidian.SettingDefinitionItem;
export type Row = obsidian.SettingDefinition;
export type Group = obsidian.SettingDefinitionGroup;
export type List = obsidian.SettingDefinitionList;
export type Page = obsidian.SettingDefinitionPage;
export type Control = obsidian.SettingControl;

export function isGroup(item: Item): item is Group | List {
  return "type" in item && (item.type === "group" || item.type === "list");
}

export function isPage(item: Item): item is Page {
  return "type" in item && item.type === "page";
}

/** Predicates may be values or functions. */
export function ask(predicate: boolean | (() => boolean) | undefined, otherwise: boolean): boolean {
  if (predicate === undefined) return otherwise;
  return typeof predicate === "function" ? predicate() : predicate;
}
