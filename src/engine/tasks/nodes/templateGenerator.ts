import type { Clock } from "../../kernel/clock";
import { TaskFailure } from "../taskFailure";
import { dayOf } from "./dayOf";
import type { NoteFiles } from "./noteFiles";
import type { NoteGenerator } from "./noteGenerator";
import { baseName } from "./noteName";
import { filledNote, shippedTemplateNote } from "./templateNote";

export interface TemplateGeneratorParts {
  readonly clock: Pick<Clock, "now">;
  readonly notes: Pick<NoteFiles, "read">;
  /** Vault path of the user's own template; empty: the shipped one. */
  readonly templateNote: () => string;
}

/** Notes made here, of a template: nothing leaves the device. */
export function templateGenerator({ clock, notes, templateNote }: TemplateGeneratorParts): NoteGenerator {
  const template = async (): Promise<string> => {
    const path = templateNote();
    if (path === "") return shippedTemplateNote;
    const text = await notes.read(path);
    if (text === null) throw new TaskFailure("data", "template", `There is no template note ${path}. Choose another one in the settings, or none for the shipped one.`);
    return text;
  };
  return {
    async explain(about, style) {
      const filled = filledNote({ template: await template(), about, style, date: dayOf(clock.now()) });
      if (filled.kind === "problem") throw new TaskFailure("data", "template", filled.reason);
      return filled.text;
    },
    summarise: (canvas, outline) => Promise.resolve(`# Summary of ${baseName(canvas)}\n\n[[${canvas}]]\n\n${outline}\n`),
  };
}
