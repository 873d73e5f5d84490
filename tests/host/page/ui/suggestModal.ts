import type { App } from "../app";
import { Modal } from "./modal";

export interface Instruction {
  command: string;
  purpose: string;
}

/** An input and a list; arrows and Enter, or a click, choose. */
export abstract class SuggestModal<T> extends Modal {
  limit = 100;
  emptyStateText = "No results found.";
  inputEl: HTMLInputElement;
  resultContainerEl: HTMLElement;
  private values: T[] = [];
  private at = 0;

  constructor(app: App) {
    super(app);
    this.modalEl.removeClass("modal");
    this.modalEl.addClass("prompt");
    this.modalEl.empty();
    this.inputEl = this.modalEl.createDiv("prompt-input-container").createEl("input", {
      cls: "prompt-input",
      type: "text",
      attr: { autocapitalize: "off", spellcheck: "false", enterkeyhint: "done" },
    });
    this.resultContainerEl = this.modalEl.createDiv("prompt-results");
    this.inputEl.addEventListener("input", () => void this.hostRefresh());
    this.scope.register([], "ArrowDown", () => this.move(1));
    this.scope.register([], "ArrowUp", () => this.move(-1));
    this.scope.register([], "Enter", (event) => {
      this.selectActiveSuggestion(event);
      return false;
    });
  }

  abstract getSuggestions(query: string): T[] | Promise<T[]>;
  abstract renderSuggestion(value: T, el: HTMLElement): void;
  abstract onChooseSuggestion(item: T, evt: MouseEvent | KeyboardEvent): void;

  override open(): void {
    super.open();
    this.inputEl.focus();
    void this.hostRefresh();
  }

  setPlaceholder(placeholder: string): void {
    this.inputEl.placeholder = placeholder;
  }

  setInstructions(instructions: Instruction[]): void {
    this.modalEl.querySelector(".prompt-instructions")?.detach();
    const el = this.modalEl.createDiv("prompt-instructions");
    for (const { command, purpose } of instructions) {
      const one = el.createDiv("prompt-instruction");
      one.createSpan({ cls: "prompt-instruction-command", text: command });
      one.createSpan({ text: purpose });
    }
  }

  onNoSuggestion(): void {
    this.resultContainerEl.createDiv({ cls: "suggestion-empty", text: this.emptyStateText });
  }

  selectSuggestion(value: T, evt: MouseEvent | KeyboardEvent): void {
    this.close();
    this.onChooseSuggestion(value, evt);
  }

  selectActiveSuggestion(evt: MouseEvent | KeyboardEvent): void {
    const value = this.values[this.at];
    if (this.values.length > 0) this.selectSuggestion(value as T, evt);
  }

  /** Host only. */
  async hostRefresh(): Promise<void> {
    this.values = (await this.getSuggestions(this.inputEl.value)).slice(0, this.limit);
    this.at = 0;
    this.resultContainerEl.empty();
    if (this.values.length === 0) this.onNoSuggestion();
    this.values.forEach((value) => {
      const el = this.resultContainerEl.createDiv("suggestion-item");
      this.renderSuggestion(value, el);
      el.addEventListener("click", (event) => this.selectSuggestion(value, event));
    });
    this.mark();
  }

  private move(by: number): false {
    if (this.values.length > 0) this.at = (this.at + by + this.values.length) % this.values.length;
    this.mark();
    return false;
  }

  private mark(): void {
    this.resultContainerEl.findAll(".suggestion-item").forEach((el, index) => {
      el.toggleClass("is-selected", index === this.at);
      if (index === this.at) el.scrollIntoView({ block: "nearest" });
    });
  }
}

export interface SearchResult {
  score: number;
  matches: [number, number][];
}

export interface FuzzyMatch<T> {
  item: T;
  match: SearchResult;
}

/** Every character of the query, in order; fewer gaps score higher. */
export function prepareFuzzySearch(query: string): (text: string) => SearchResult | null {
  const wanted = query.toLowerCase().replace(/\s+/g, "");
  return (text) => {
    const matches: [number, number][] = [];
    let from = 0;
    for (const char of wanted) {
      const at = text.toLowerCase().indexOf(char, from);
      if (at === -1) return null;
      const last = matches.at(-1);
      if (last !== undefined && last[1] === at) last[1] = at + 1;
      else matches.push([at, at + 1]);
      from = at + 1;
    }
    return { score: -matches.length, matches };
  };
}

export function prepareSimpleSearch(query: string): (text: string) => SearchResult | null {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== "");
  return (text) => {
    const found = words.map((word) => ({ at: text.toLowerCase().indexOf(word), length: word.length }));
    if (found.some(({ at }) => at === -1)) return null;
    return { score: 0, matches: found.map(({ at, length }) => [at, at + length]) };
  };
}

export abstract class FuzzySuggestModal<T> extends SuggestModal<FuzzyMatch<T>> {
  abstract getItems(): T[];
  abstract getItemText(item: T): string;
  abstract onChooseItem(item: T, evt: MouseEvent | KeyboardEvent): void;

  override getSuggestions(query: string): FuzzyMatch<T>[] {
    const search = prepareFuzzySearch(query);
    return this.getItems()
      .map((item) => ({ item, match: search(this.getItemText(item)) }))
      .filter((one): one is FuzzyMatch<T> => one.match !== null)
      .sort((a, b) => b.match.score - a.match.score);
  }

  override renderSuggestion(value: FuzzyMatch<T>, el: HTMLElement): void {
    el.setText(this.getItemText(value.item));
  }

  override onChooseSuggestion(value: FuzzyMatch<T>, evt: MouseEvent | KeyboardEvent): void {
    this.onChooseItem(value.item, evt);
  }
}
