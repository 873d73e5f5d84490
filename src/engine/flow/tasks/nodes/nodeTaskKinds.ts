import type { TaskKind } from "../../../tasks/kind";
import { modelGenerator } from "../../../tasks/nodes/modelGenerator";
import { templateGenerator } from "../../../tasks/nodes/templateGenerator";
import { arrangeKind } from "./arrangeKind";
import { explainKind } from "./explainKind";
import { masteryKind } from "./masteryKind";
import type { NodeWorkParts } from "./nodeWork";
import { summariseKind } from "./summariseKind";

/** The kinds of tasks on nodes, for hosts that have what they need. */
export function nodeTaskKinds(parts: NodeWorkParts): readonly TaskKind[] {
  const { clock, host } = parts;
  const generators = {
    template: templateGenerator({ clock, notes: host.notes, templateNote: () => host.settings().templateNote }),
    model: modelGenerator({ clock, model: host.model, settings: () => host.settings().model, key: host.key }),
  };
  const own = { ...parts, generators };
  return [explainKind(own), masteryKind(own), arrangeKind(own), summariseKind(own)];
}
