import type { ExplainStyle } from "./explainStyles";

/** `template`: a note made here, of a template. `model`: the text of a language model that the user runs or pays. */
export type GeneratorName = "template" | "model";

export interface ModelSettings {
  /** The base of an endpoint that speaks the chat protocol of OpenAI, such as `http://localhost:11434/v1`. */
  readonly url: string;
  readonly name: string;
  /** Seconds that one answer may take. */
  readonly limitS: number;
  /** The address for which the user has seen what is sent and agreed to it; empty: none yet. */
  readonly agreed: string;
}

/** What the user decides about tasks on nodes. */
export interface NodeTaskSettings {
  readonly generator: GeneratorName;
  /** Vault folder of the notes that are made; empty is the vault itself. */
  readonly folder: string;
  /** Vault path of a note that is the template of explanations; empty: the shipped one. */
  readonly templateNote: string;
  readonly style: ExplainStyle;
  readonly model: ModelSettings;
}

export const modelLimitRange = { min: 5, max: 3_600 } as const;

export const defaultNodeTaskSettings: NodeTaskSettings = {
  generator: "template",
  folder: "Explanations",
  templateNote: "",
  style: "plain-words",
  model: { url: "http://localhost:11434/v1", name: "", limitS: 120, agreed: "" },
};

export function isGeneratorName(value: unknown): value is GeneratorName {
  return value === "template" || value === "model";
}
