import { FuzzySuggestModal } from "obsidian";
import type { App } from "obsidian";

export interface Choice<T> {
  readonly label: string;
  readonly value: T;
}

/** Lets the user choose one of a few things. */
export class ChoiceModal<T> extends FuzzySuggestModal<Choice<T>> {
  constructor(
    app: App,
    question: string,
    private readonly choices: readonly Choice<T>[],
    private readonly chosen: (value: T) => void,
  ) {
    super(app);
    this.setPlaceholder(question);
  }

  getItems(): Choice<T>[] {
    return [...this.choices];
  }

  getItemText({ label }: Choice<T>): string {
    return label;
  }

  onChooseItem({ value }: Choice<T>): void {
    this.chosen(value);
  }
}
