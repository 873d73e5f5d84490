import { FuzzySuggestModal } from "obsidian";
import type { App } from "obsidian";
import type { TaskTemplate } from "../../engine/index";
import { strings } from "../../panel/text/strings";

/** Lets the user choose one of the templates. */
export class TemplatePicker extends FuzzySuggestModal<TaskTemplate> {
  constructor(
    app: App,
    private readonly templates: readonly TaskTemplate[],
    private readonly chosen: (template: TaskTemplate) => void,
  ) {
    super(app);
    this.setPlaceholder(strings.scheduleCommands.choose);
  }

  getItems(): TaskTemplate[] {
    return [...this.templates];
  }

  getItemText(template: TaskTemplate): string {
    return template.name;
  }

  onChooseItem(template: TaskTemplate): void {
    this.chosen(template);
  }
}
