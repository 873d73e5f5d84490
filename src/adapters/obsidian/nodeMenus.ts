import type { EventRef, Menu } from "obsidian";
import { strings } from "../../panel/text/strings";
import type { AddCommand, CommandHost } from "./commands";
import { subjectOfItem, targetOfActive, targetOfItem, targetOfSelection, type CanvasTarget } from "./canvasTarget";
import { PANEL_ICON } from "./engramPanel";
import type { NodeActions } from "./nodeActions";
import type { Selected } from "./openCanvases";
import { recordEvent } from "./recordEvent";
import { sectionOf } from "./menuSection";
import { showHistory } from "./showHistory";

const { commands: names, menu: words } = strings.nodes;

/** The menus of a canvas and the commands that do the same. Menus that the app does not open to plugins stay as they are. */
export function addNodeMenus(host: CommandHost, actions: NodeActions, add: AddCommand): void {
  const { plugin, session } = host;
  const { workspace } = plugin.app;
  const running = (): boolean => (session.current()?.nodeTasks ?? null) !== null;
  // These events are no part of the public API, which knows only names that it lists.
  const on = workspace.on.bind(workspace) as (name: string, listener: (menu: Menu, about: unknown) => void) => EventRef;
  const offer = (target: CanvasTarget | null, subject: Selected | null, menu: Menu): void => {
    if (target !== null && running()) fillMenu(menu, target, actions);
    if (subject === null || session.current() === null) return;
    offerRecord(menu, host, subject);
    if (subject.kind === "node") offerHistory(menu, host, subject);
  };
  plugin.registerEvent(on("canvas:node-menu", (menu, node) => offer(targetOfItem(node), subjectOfItem(node), menu)));
  plugin.registerEvent(on("canvas:edge-menu", (menu, edge) => offer(targetOfItem(edge), subjectOfItem(edge), menu)));
  plugin.registerEvent(on("canvas:selection-menu", (menu, selection) => offer(targetOfSelection(selection), null, menu)));

  const active = (): CanvasTarget | null => (running() ? targetOfActive(plugin.app) : null);
  const some = (): boolean => {
    const target = active();
    return target !== null && (target.nodes.length > 0 || target.edge !== null);
  };
  const does = (run: (target: CanvasTarget) => Promise<void> | void) => (): Promise<void> | void => {
    const target = active();
    return target === null ? undefined : run(target);
  };
  add("explain-cards", names.explain, some, does((target) => actions.explain(target)));
  add("explain-cards-as", names.explainAs, some, does((target) => actions.explainAs(target)));
  add("set-mastery", names.mastery, () => (active()?.nodes.length ?? 0) > 0, does((target) => actions.setMastery(target)));
  add("arrange-cards", names.arrange, () => active() !== null, does((target) => actions.arrange(target)));
  add("summarise-canvas", names.summarise, () => active() !== null, does((target) => actions.summarise(target)));
}

function fillMenu(menu: Menu, target: CanvasTarget, actions: NodeActions): void {
  const { edge, nodes } = target;
  const item = sectionOf(menu);
  if (edge !== null || nodes.length > 0) {
    item(edge !== null ? words.explainEdge : nodes.length === 1 ? words.explain : words.explainSelection, PANEL_ICON, () => actions.explain(target));
    item(words.explainAs, "list", () => actions.explainAs(target));
  }
  if (nodes.length > 0) {
    item(words.mastery, "palette", () => actions.setMastery(target));
    item(words.arrange, "layout-grid", () => actions.arrange(target));
  }
  item(words.summarise, "file-text", () => actions.summarise(target));
}

function offerRecord(menu: Menu, host: CommandHost, subject: Selected): void {
  const { record, recordConnection } = strings.menus;
  sectionOf(menu)(subject.kind === "edge" ? recordConnection : record, "graduation-cap", () => recordEvent(host, subject));
}

function offerHistory(menu: Menu, host: CommandHost, { canvas, node, label }: Selected & { readonly kind: "node" }): void {
  sectionOf(menu)(strings.menus.history, "history", () => showHistory(host, { canvas, node: { id: node, label } }));
}
