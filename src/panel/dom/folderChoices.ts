import { checkField } from "../../settings/fields";
import type { FolderField } from "../../settings/fields";
import { KeyedChildren, setAttribute, setShown, setText } from "./keyedChildren";
import { cls } from "./panelParts";
import type { FolderChoice, PanelAction } from "../view/panelView";

/** What the text in each field of the panel asks for, if it can be used. */
export type Inputs = WeakMap<Element, () => PanelAction | null>;

interface FolderElements {
  readonly area: HTMLTextAreaElement;
  readonly label: HTMLElement;
  readonly help: HTMLElement;
  readonly wrong: HTMLElement;
  /** What the settings said when it was last shown. */
  shown: string;
}

/** Fields for the folders to read. What is typed stays as it is typed while the cursor is in it. */
export function foldersPart(parent: HTMLElement, inputs: Inputs): KeyedChildren<FolderChoice, FolderElements> {
  return new KeyedChildren<FolderChoice, FolderElements>(
    parent.createDiv({ cls: cls("folders") }),
    (choice) => choice.field,
    makeFolders,
    (part, choice) => {
      setText(part.label, choice.label);
      setText(part.help, choice.help);
      setAttribute(part.area, "data-field", choice.field);
      inputs.set(part.area, () => folderWish(part, choice.field));
      if (part.shown === choice.value) return;
      part.shown = choice.value;
      // Whoever types here is ahead of the settings.
      if (part.area.ownerDocument.activeElement !== part.area) part.area.value = choice.value;
    },
  );
}

function makeFolders(parent: HTMLElement): { element: HTMLElement; part: FolderElements } {
  const element = parent.createEl("label", { cls: cls("folder-choice") });
  const label = element.createSpan();
  const area = element.createEl("textarea", { attr: { rows: "2", spellcheck: "false" } });
  const help = element.createSpan({ cls: cls("muted") });
  const wrong = element.createSpan({ cls: cls("wrong"), attr: { role: "alert" } });
  setShown(wrong, false);
  return { element, part: { area, label, help, wrong, shown: "" } };
}

function folderWish({ area, wrong }: FolderElements, field: FolderField): PanelAction | null {
  const reason = checkField(field, area.value);
  setAttribute(area, "aria-invalid", String(reason !== null));
  setShown(wrong, reason !== null);
  setText(wrong, reason ?? "");
  return reason === null ? { kind: "set-folders", field, text: area.value } : null;
}
