import { Notice } from "obsidian";
import type { Plugin } from "obsidian";
import type { Engine, ExplainStyle, JsonObject, MasteryLevel, ModelPreview, NodeTaskRequest, NodeTasks, StartedNodeTask } from "../../engine/index";
import { styleNames } from "../../engine/index";
import type { Session } from "../../panel/session/session";
import { fill, strings } from "../../panel/text/strings";
import { masteryLevels } from "../../settings/fields";
import type { CanvasTarget } from "./canvasTarget";
import { ChoiceModal, type Choice } from "./choiceModal";
import { confirm } from "./confirmModal";
import type { OpenModals } from "./openModals";
import { saveOpenCanvases } from "./openCanvases";
import { reported } from "./reported";
import type { TaskNotices } from "./taskNotices";

const words = strings.nodes;

export interface NodeActionHost {
  readonly plugin: Plugin;
  readonly session: Session;
  readonly modals: OpenModals;
  readonly notices: TaskNotices;
}

/** What a person does with cards, from a menu or a command. */
export class NodeActions {
  /** Ends the watching of tasks that were begun here. */
  private readonly watches = new Set<() => void>();

  constructor(private readonly host: NodeActionHost) {
    host.plugin.register(() => [...this.watches].forEach((end) => end()));
  }

  explain(target: CanvasTarget, style: ExplainStyle | null = null): Promise<void> {
    const { canvas, edge, nodes } = target;
    const how = style === null ? {} : { style };
    const items: JsonObject[] = edge === null ? nodes.map((node) => ({ canvas, node, ...how })) : [{ canvas, edge, ...how }];
    return this.start({ action: "explain", items });
  }

  explainAs(target: CanvasTarget): void {
    const choices = styleNames.map((value) => ({ label: words.styles[value], value }));
    this.choose(words.chooseStyle, choices, (style) => this.explain(target, style));
  }

  setMastery({ canvas, nodes }: CanvasTarget): void {
    const levels: readonly Choice<MasteryLevel | null>[] = masteryLevels.map((value) => ({ label: words.levels[value], value }));
    this.choose(words.chooseLevel, [...levels, { label: words.levels.none, value: null }], (level) => this.start({ action: "mastery", items: [{ canvas, nodes, level }] }));
  }

  /** The selected cards, or where none is selected those that cover others. */
  arrange({ canvas, nodes }: CanvasTarget): Promise<void> {
    return this.start({ action: "arrange", items: [nodes.length === 0 ? { canvas } : { canvas, nodes }] });
  }

  summarise({ canvas }: CanvasTarget): Promise<void> {
    return this.start({ action: "summarise", items: [{ canvas }] });
  }

  private async start(request: NodeTaskRequest): Promise<void> {
    const { plugin, session } = this.host;
    const engine = await session.ready();
    const { nodeTasks } = engine;
    if (nodeTasks === null) return;
    // What was typed a moment ago is part of what is meant.
    await saveOpenCanvases(plugin.app);
    if (!(await this.agreed(nodeTasks, request))) return;
    const started = await nodeTasks.start(request);
    this.host.notices.begin(started.id, startedText(started));
    if (started.kind !== "joined") this.tellOfWaiting(engine, started);
  }

  /** Shows what is sent before it is sent for the first time. */
  private async agreed(nodeTasks: NodeTasks, request: NodeTaskRequest): Promise<boolean> {
    const preview = await nodeTasks.preview(request);
    if (preview === null || preview.agreed) return true;
    if (preview.problem !== null) {
      new Notice(preview.problem);
      return false;
    }
    const { modals, plugin, session } = this.host;
    if (!(await confirm(plugin.app, modals, { ...questionOf(preview, request.items.length - 1), destructive: false }))) return false;
    const settings = session.currentSettings;
    await session.update({ ...settings, model: { ...settings.model, agreed: preview.url } });
    return true;
  }

  /** Once, and only what a person began just now: where it does not go on, they should not have to look for the reason. */
  private tellOfWaiting({ tasks }: Engine, { id, title }: StartedNodeTask): void {
    const end = (): void => {
      undo();
      this.watches.delete(end);
    };
    const undo = tasks.onChange(() => {
      const task = tasks.status(id);
      if (task?.endedAt === null && task.waitsFor === null) return;
      end();
      if (task?.endedAt === null) this.host.notices.answer(id, fill(words.waits, { title, reason: task.waitsFor ?? "" }));
    });
    this.watches.add(end);
  }

  private choose<T>(question: string, choices: readonly Choice<T>[], chosen: (value: T) => Promise<void>): void {
    const { modals, plugin } = this.host;
    modals.show(new ChoiceModal(plugin.app, question, choices, (value) => void reported(() => chosen(value))));
  }
}

function startedText(started: StartedNodeTask): string {
  const { title } = started;
  if (started.kind === "queued") return fill(words.queued, { title, behind: started.behind });
  return fill(started.kind === "joined" ? words.joined : words.started, { title });
}

function questionOf({ messages, model, url }: ModelPreview, more: number): { readonly title: string; readonly lines: readonly string[]; readonly quote: readonly string[]; readonly yes: string; readonly no: string } {
  const lines = [fill(words.sendWhere, { model, url }), ...(more > 0 ? [fill(words.sendMore, { count: String(more) })] : [])];
  return { title: words.sendTitle, lines, quote: messages.map(({ content }) => content), yes: words.sendYes, no: strings.confirm.cancel };
}
