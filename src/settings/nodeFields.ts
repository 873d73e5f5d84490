import { folderRefusal, isExplainStyle, isGeneratorName, modelLimitRange, problemOfModelUrl } from "../engine/index";
import type { ModelSection, NodesSettings } from "./nodeSettings";

export type NodeFieldKey = `nodes.${keyof NodesSettings}` | `model.${Exclude<keyof ModelSection, "agreed">}`;

/** `agreed` is no field: only the dialog that shows what is sent sets it. */
export const nodeFieldNames = {
  nodes: ["generator", "folder", "templateNote", "style"],
  model: ["url", "name", "limitS", "secretId"],
} as const;

export type NodeSectionName = keyof typeof nodeFieldNames;

export function isNodeSection(section: string): section is NodeSectionName {
  return Object.hasOwn(nodeFieldNames, section);
}

/** What is wrong with a value, in one sentence that says what to do; null when it can be kept. */
export function checkNodeField(key: NodeFieldKey, value: unknown): string | null {
  if (key === "nodes.generator") return isGeneratorName(value) ? null : "Choose one of the two.";
  if (key === "nodes.style") return isExplainStyle(value) ? null : "Choose one of the styles.";
  if (key === "model.limitS") return checkLimit(value);
  if (typeof value !== "string") return "This must be text.";
  if (key === "model.url") return problemOfModelUrl(value);
  if (key === "nodes.folder") return checkFolder(value);
  if (key === "nodes.templateNote") return value.trim() === "" || /\.md$/i.test(value.trim()) ? null : "Choose a note, such as Templates/Explanation.md, or leave it empty.";
  return null;
}

function checkFolder(value: string): string | null {
  const reason = folderRefusal(value.trim());
  return reason === null ? null : `No note can be made there: ${reason}.`;
}

function checkLimit(value: unknown): string | null {
  const { max, min } = modelLimitRange;
  const fits = typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
  return fits ? null : `Enter a whole number from ${min} to ${max}.`;
}
