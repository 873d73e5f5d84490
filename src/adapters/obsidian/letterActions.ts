import { Notice } from "obsidian";
import type { DeadLetterView, Engine } from "../../engine/index";
import { letterText } from "../../panel/forms/letterForm";
import { fill, strings } from "../../panel/text/strings";
import { aboutLetter } from "../../panel/view/letters";
import type { PanelAction } from "../../panel/view/panelView";
import type { CommandHost } from "./commands";
import { LetterModal } from "./letterModal";

type LetterAction = Extract<PanelAction, { readonly kind: "retry-cause" | "edit-letter" | "copy-letter" }>;

/** What a person wants to be done about events that a store refused. */
export async function changeLetters(host: CommandHost, action: LetterAction): Promise<void> {
  const engine = await host.session.ready();
  switch (action.kind) {
    case "retry-cause":
      return retryCause(host, engine, action.class);
    case "edit-letter":
      return editLetter(host, engine, action.letter);
    case "copy-letter":
      return copyLetter(engine, action.letter);
  }
}

async function retryCause({ format }: CommandHost, engine: Engine, failure: string): Promise<void> {
  const count = await engine.retryDead({ class: failure });
  new Notice(fill(strings.dead.notices.retried, { events: format.plural(count, strings.words.event) }));
}

function editLetter({ format, modals, plugin }: CommandHost, engine: Engine, id: string): void {
  const letter = letterOf(engine, id);
  const event = engine.deadEvent(id);
  if (letter === null || event === null) return void new Notice(strings.dead.dialog.gone);
  const about = fill(strings.dead.dialog.about, { what: aboutLetter(letter), reason: letter.reason });
  const save = async (data: unknown): Promise<string | null> => {
    const result = await engine.retryEdited(id, data);
    if (result.kind === "refused") return result.error.message;
    new Notice(strings.dead.notices.replaced);
    return null;
  };
  modals.show(new LetterModal({ app: plugin.app, format, about, text: letterText(event.data), save }));
}

/** What people may show to others: why an event was refused, and nothing of what they wrote. */
async function copyLetter(engine: Engine, id: string): Promise<void> {
  const letter = letterOf(engine, id);
  if (letter === null) return void new Notice(strings.dead.dialog.gone);
  const { firstAt, lastAt, ...details } = letter;
  const text = JSON.stringify({ ...details, firstAt: iso(firstAt), lastAt: iso(lastAt) }, null, 2);
  await activeWindow.navigator.clipboard.writeText(text);
  new Notice(strings.dead.notices.copied);
}

function letterOf(engine: Engine, id: string): DeadLetterView | null {
  return engine.deadLetters().find((letter) => letter.id === id) ?? null;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
