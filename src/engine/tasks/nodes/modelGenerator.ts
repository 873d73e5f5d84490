import type { Clock } from "../../kernel/clock";
import type { Signal } from "../../kernel/signal";
import { TaskFailure } from "../taskFailure";
import { chatMeaning } from "./chatMeaning";
import type { ChatMessage, ChatModel } from "./chatModel";
import { chatUrl, problemOfModelUrl } from "./modelUrl";
import type { ModelSettings } from "./nodeTaskSettings";
import type { NoteGenerator } from "./noteGenerator";
import { baseName } from "./noteName";
import { oneLine } from "./nodeText";
import { explainPrompt, summaryPrompt } from "./prompt";

export interface ModelGeneratorParts {
  readonly clock: Pick<Clock, "now">;
  readonly model: ChatModel;
  readonly settings: () => ModelSettings;
  /** Null where the user has chosen none. */
  readonly key: () => string | null;
}

/** Why a model cannot be asked with these settings, as one sentence; null when it can, but for the user's consent. */
export function problemOfModel({ name, url }: ModelSettings): string | null {
  const problem = problemOfModelUrl(url);
  if (problem !== null) return problem;
  return name.trim() === "" ? "Enter the name of the model in the settings, such as llama3.2." : null;
}

/** Whether the user has seen what is sent to this address and agreed to it. */
export function isAgreed({ agreed, url }: ModelSettings): boolean {
  return agreed !== "" && agreed === chatUrl(url);
}

/** Texts of a language model. Nothing is sent before the user has agreed to what is sent to this address. */
export function modelGenerator(parts: ModelGeneratorParts): NoteGenerator {
  return {
    async explain(about, style, signal) {
      const text = await ask(parts, explainPrompt(about, style), signal);
      return `# ${oneLine(about.title)}\n\n${text}\n\n${madeBy(parts, about.canvas)}\n`;
    },
    async summarise(canvas, outline, signal) {
      const text = await ask(parts, summaryPrompt(canvas, outline), signal);
      return `# Summary of ${baseName(canvas)}\n\n${text}\n\n${madeBy(parts, canvas)}\n`;
    },
  };
}

async function ask({ clock, key, model, settings }: ModelGeneratorParts, messages: readonly ChatMessage[], signal: Signal): Promise<string> {
  const now = settings();
  const problem = problemOfModel(now);
  if (problem !== null) throw new TaskFailure("config", "model-settings", problem);
  if (!isAgreed(now)) {
    throw new TaskFailure("config", "not-agreed", "Nothing is sent to this model before you have seen what is sent. Begin with the command or the menu of a canvas, which shows it.");
  }
  const name = now.name.trim();
  const limitMs = now.limitS * 1_000;
  const answer = await model.ask({ url: chatUrl(now.url), model: name, messages, key: key(), limitMs }, signal);
  const meaning = chatMeaning(answer, { limitMs, model: name, now: clock.now() });
  if (meaning.kind === "text") return meaning.text;
  const { class: failure, code, message, retryAfterMs } = meaning;
  throw new TaskFailure(failure, code, message, retryAfterMs);
}

/** Who reads the note later has to know who wrote it. */
function madeBy({ settings }: ModelGeneratorParts, canvas: string): string {
  return `*Written by the model ${oneLine(settings().name)} from the canvas [[${canvas}]]. Models make mistakes: check it.*`;
}
