import type { ExplainStyle, GeneratorName, JsonObject, NodeTaskSettings } from "../engine/index";
import { defaultNodeTaskSettings, isExplainStyle, isGeneratorName, modelLimitRange } from "../engine/index";
import { hasCredentials } from "./checkUri";

export interface NodesSettings {
  readonly generator: GeneratorName;
  readonly folder: string;
  readonly templateNote: string;
  readonly style: ExplainStyle;
}

export interface ModelSection {
  readonly url: string;
  readonly name: string;
  readonly limitS: number;
  /** The name under which Obsidian keeps the key of the endpoint, never the key. Empty: none is sent. */
  readonly secretId: string;
  /** The address for which the user has seen what is sent and agreed to it; empty: none yet. */
  readonly agreed: string;
}

/** The settings of tasks on nodes. */
export interface NodeSections {
  readonly nodes: NodesSettings;
  readonly model: ModelSection;
}

const { model, ...nodes } = defaultNodeTaskSettings;

export const defaultNodeSections: NodeSections = { nodes, model: { ...model, secretId: "" } };

/** Each field that cannot be used falls back to its default alone; what is not known rides along. */
export function readNodeSections(section: (name: keyof NodeSections) => JsonObject): NodeSections {
  const [own, endpoint] = [section("nodes"), section("model")];
  const text = (from: JsonObject, name: string, otherwise: string): string => {
    const value = from[name];
    return typeof value === "string" ? value : otherwise;
  };
  const url = text(endpoint, "url", model.url);
  return {
    nodes: {
      ...own,
      generator: isGeneratorName(own["generator"]) ? own["generator"] : nodes.generator,
      folder: text(own, "folder", nodes.folder),
      templateNote: text(own, "templateNote", nodes.templateNote),
      style: isExplainStyle(own["style"]) ? own["style"] : nodes.style,
    },
    model: {
      ...endpoint,
      // An address that cannot work stays as it is, so that the person who wrote it can correct it.
      url: hasCredentials(url) ? model.url : url,
      name: text(endpoint, "name", model.name),
      limitS: readLimit(endpoint["limitS"]),
      secretId: text(endpoint, "secretId", ""),
      agreed: text(endpoint, "agreed", ""),
    },
  };
}

/** What the engine is told. */
export function nodeTaskSettings({ model: endpoint, nodes: own }: NodeSections): NodeTaskSettings {
  const { agreed, limitS, name, url } = endpoint;
  const { folder, generator, style, templateNote } = own;
  return { generator, folder, templateNote, style, model: { url, name, limitS, agreed } };
}

function readLimit(value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value)) return model.limitS;
  return Math.min(modelLimitRange.max, Math.max(modelLimitRange.min, Math.round(value)));
}
