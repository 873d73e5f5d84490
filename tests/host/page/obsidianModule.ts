import moment from "virtual:moment";
import { parse, stringify } from "yaml";
import api from "virtual:obsidian-api";
import { Platform } from "./api/platform";
import { request, requestUrl } from "./api/requestUrl";
import { SecretStorage } from "./api/secretStorage";
import { apiVersion, requireApiVersion } from "./api/version";
import { App } from "./app";
import { fromBase64, toBase64 } from "./core/bridge";
import { Component } from "./core/component";
import { debounce } from "./core/debounce";
import { Events } from "./core/events";
import { normalizePath } from "./core/normalizePath";
import { refuse } from "./core/violations";
import { getFrontMatterInfo } from "./metadata/frontMatter";
import { MetadataCache } from "./metadata/metadataCache";
import { Plugin } from "./plugin/plugin";
import { Setting } from "./settings/setting";
import { SettingGroup } from "./settings/settingGroup";
import { PluginSettingTab, SettingPage, SettingTab } from "./settings/settingTab";
import { BaseComponent, ValueComponent } from "./ui/components/base";
import { ButtonComponent, ExtraButtonComponent } from "./ui/components/button";
import { DropdownComponent, ToggleComponent } from "./ui/components/choices";
import { DisplayValueComponent } from "./ui/components/displayValue";
import { ColorComponent, ProgressBarComponent, SliderComponent } from "./ui/components/numbers";
import { SecretComponent } from "./ui/components/secret";
import { AbstractTextComponent, SearchComponent, TextAreaComponent, TextComponent } from "./ui/components/text";
import { ConfirmationButton, ConfirmationModal } from "./ui/confirmationModal";
import { addIcon, getIcon, getIconIds, removeIcon, setIcon } from "./ui/icons";
import { AbstractInputSuggest } from "./ui/inputSuggest";
import { Keymap, Scope } from "./ui/keymap";
import { Menu, MenuItem, MenuSeparator } from "./ui/menu";
import { Modal } from "./ui/modal";
import { Notice } from "./ui/notice";
import { FuzzySuggestModal, SuggestModal, prepareFuzzySearch, prepareSimpleSearch } from "./ui/suggestModal";
import { displayTooltip, setTooltip } from "./ui/tooltip";
import { CapacitorAdapter, FileSystemAdapter } from "./vault/adapter";
import { FileManager } from "./vault/fileManager";
import { TAbstractFile, TFile, TFolder } from "./vault/files";
import { Vault } from "./vault/vault";
import { EditableFileView, FileView } from "./views/fileView";
import { MarkdownRenderChild } from "./views/markdownRenderChild";
import { MarkdownView } from "./views/markdownView";
import { TextFileView } from "./views/textFileView";
import { ItemView, View } from "./views/view";
import {
  WorkspaceContainer,
  WorkspaceFloating,
  WorkspaceItem,
  WorkspaceMobileDrawer,
  WorkspaceParent,
  WorkspaceRoot,
  WorkspaceSidedock,
  WorkspaceSplit,
} from "./workspace/items";
import { WorkspaceLeaf } from "./workspace/leaf";
import { WorkspaceWindow } from "./workspace/popout";
import { WorkspaceRibbon } from "./workspace/ribbon";
import { WorkspaceTabs } from "./workspace/tabs";
import { Tasks } from "./workspace/tasks";
import { Workspace } from "./workspace/workspace";

const language = { name: "en" };

/** Host only. */
export function setLanguage(name: string): void {
  language.name = name;
}

function iterateTags(frontmatter: unknown, key: string): string[] | null {
  if (typeof frontmatter !== "object" || frontmatter === null) return null;
  const value: unknown = Reflect.get(frontmatter, key);
  if (typeof value === "string") return value.split(/[,\s]+/).filter((one) => one !== "");
  return Array.isArray(value) ? value.map(String) : null;
}

const built = {
  AbstractInputSuggest, AbstractTextComponent, App, BaseComponent, ButtonComponent, CapacitorAdapter, ColorComponent,
  Component, ConfirmationButton, ConfirmationModal, DisplayValueComponent, DropdownComponent, EditableFileView, Events,
  ExtraButtonComponent, FileManager, FileSystemAdapter, FileView, FuzzySuggestModal, ItemView, Keymap, MarkdownRenderChild, MarkdownView,
  Menu, MenuItem, MenuSeparator, MetadataCache, Modal, Notice, Platform, Plugin, PluginSettingTab,
  ProgressBarComponent, Scope, SearchComponent, SecretComponent, SecretStorage, Setting, SettingGroup, SettingPage,
  SettingTab, SliderComponent, SuggestModal, TAbstractFile, TFile, TFolder, Tasks, TextAreaComponent, TextComponent,
  TextFileView, ToggleComponent, ValueComponent, Vault, View, Workspace, WorkspaceContainer, WorkspaceFloating,
  WorkspaceItem, WorkspaceLeaf, WorkspaceMobileDrawer, WorkspaceParent, WorkspaceRibbon, WorkspaceRoot,
  WorkspaceSidedock, WorkspaceSplit, WorkspaceTabs, WorkspaceWindow,
  addIcon, apiVersion, debounce, displayTooltip, getFrontMatterInfo, getIcon, getIconIds, moment, normalizePath,
  prepareFuzzySearch, prepareSimpleSearch, removeIcon, request, requestUrl, requireApiVersion, setIcon, setTooltip,
  arrayBufferToBase64: toBase64,
  base64ToArrayBuffer: fromBase64,
  getLanguage: (): string => language.name,
  getLinkpath: (linktext: string): string => linktext.split("#")[0] ?? "",
  parseLinktext: (linktext: string): { path: string; subpath: string } => {
    const at = linktext.indexOf("#");
    return at === -1 ? { path: linktext, subpath: "" } : { path: linktext.slice(0, at), subpath: linktext.slice(at) };
  },
  parseYaml: (yaml: string): unknown => parse(yaml) as unknown,
  stringifyYaml: (value: unknown): string => stringify(value),
  parseFrontMatterTags: (frontmatter: unknown): string[] | null => iterateTags(frontmatter, "tags"),
  parseFrontMatterAliases: (frontmatter: unknown): string[] | null => iterateTags(frontmatter, "aliases"),
};

/** What `require("obsidian")` gives a plugin. A name that is not there throws, and says whose fault it is. */
export const obsidianModule: object = new Proxy(built, {
  get(target, key): unknown {
    if (typeof key === "symbol" || key === "__esModule" || key === "then") return undefined;
    if (Object.hasOwn(target, key)) return Reflect.get(target, key);
    if (api.values.includes(key)) refuse(`obsidian.${key} is in the API but not on this host`);
    return refuse(`obsidian.${key}: Obsidian exports no such value`);
  },
});

/** Host only: names of the real API that are missing here. */
export function missingExports(): string[] {
  return api.values.filter((name) => !Object.hasOwn(built, name));
}

/** Host only: names here that the real API does not have. */
export function inventedExports(): string[] {
  return Object.keys(built).filter((name) => !api.exports.includes(name));
}

/** Host only: members of official classes that are missing on the class here, for the classes that are here. */
export function missingMembers(): Record<string, string[]> {
  const entries = Object.entries(built).flatMap(([name, value]) => {
    const official = api.members[name];
    if (official === undefined || typeof value !== "function") return [];
    const proto = (value as { prototype: object }).prototype;
    const source = Function.prototype.toString.call(value);
    const missing = official.filter((member) => !(member in proto) && !new RegExp(`\\b${member}\\b`).test(source));
    return missing.length === 0 ? [] : [[name, missing] as const];
  });
  return Object.fromEntries(entries);
}
