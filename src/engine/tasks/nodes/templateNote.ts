import { filledText, variablesOf } from "../templates/variables";
import { explainStyles, type ExplainStyle } from "./explainStyles";
import { neighbourLines, type NodeText } from "./nodeText";

/** The names that a template note may hold, as `{{title}}`. */
export const templateNoteVariables = ["title", "text", "quote", "note", "link", "neighbours", "canvas", "style", "outline", "date"] as const;

type VariableName = (typeof templateNoteVariables)[number];

export const shippedTemplateNote = `# {{title}}

> [!quote] On the canvas [[{{canvas}}]]
{{quote}}

{{link}}

{{outline}}

## Connected with

{{neighbours}}
`;

export interface TemplateNote {
  readonly template: string;
  readonly about: NodeText;
  readonly style: ExplainStyle;
  /** The day, as it is to be read. */
  readonly date: string;
}

export type FilledNote = { readonly kind: "note"; readonly text: string } | { readonly kind: "problem"; readonly reason: string };

/** A note made of a template. What the cards say is put in as it is, and a variable in it is not looked at again. */
export function filledNote({ about, date, style, template }: TemplateNote): FilledNote {
  const unknown = variablesOf(template).find((name) => !isVariable(name));
  if (unknown !== undefined) {
    return { kind: "problem", reason: `The template note has no variable {{${unknown}}}. There are: ${templateNoteVariables.map((name) => `{{${name}}}`).join(", ")}.` };
  }
  const { canvas, neighbours, note, text, title } = about;
  const { name, outline } = explainStyles[style];
  const values: Readonly<Record<VariableName, string>> = {
    title,
    text,
    quote: quoted(text),
    note: note?.text ?? "",
    link: note === null ? "" : `[[${note.path.replace(/\.md$/i, "")}]]`,
    neighbours: neighbours.length === 0 ? "Nothing yet." : neighbourLines(neighbours).join("\n"),
    canvas,
    style: name,
    outline,
    date,
  };
  const filled = filledText(template, (variable) => (isVariable(variable) ? values[variable] : ""));
  return { kind: "note", text: `${filled.trimEnd()}\n` };
}

function quoted(text: string): string {
  return text
    .split("\n")
    .map((line) => `> ${line}`)
    .join("\n");
}

function isVariable(name: string): name is VariableName {
  return (templateNoteVariables as readonly string[]).includes(name);
}
