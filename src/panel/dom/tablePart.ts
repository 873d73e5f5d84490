import type { Column, TableRow, TableView } from "../view/chartView";
import { KeyedChildren, setAttribute, setText } from "./keyedChildren";
import { cls, setTone } from "./panelParts";

/** A table that scrolls inside, with a head that stays. */
export class TablePart {
  private readonly scroll: HTMLElement;
  private readonly head: KeyedChildren<Column & { readonly key: string }, HTMLElement>;
  private readonly rows: KeyedChildren<TableRow, RowElements>;
  private columns: readonly Column[] = [];

  constructor(parent: HTMLElement) {
    // Whoever has only a keyboard can scroll what they can focus.
    this.scroll = parent.createDiv({ cls: cls("table-scroll"), attr: { role: "region", tabindex: "0" } });
    const table = this.scroll.createEl("table", { cls: cls("table") });
    this.head = new KeyedChildren(table.createEl("thead").createEl("tr"), ({ key }) => key, makeHead, (element, { text, wide }) => {
      setText(element, text);
      element.toggleClass(cls("wide"), wide);
    });
    this.rows = new KeyedChildren<TableRow, RowElements>(table.createEl("tbody"), ({ key }) => key, makeRow, (row, value) => this.showRow(row, value));
  }

  show({ head, rows, title }: TableView): void {
    setAttribute(this.scroll, "aria-label", title);
    this.columns = head;
    this.head.show(head.map((column, index) => ({ ...column, key: String(index) })));
    this.rows.show(rows);
  }

  private showRow({ cells, element }: RowElements, row: TableRow): void {
    setTone(element, row.tone);
    for (const [index, text] of row.cells.entries()) {
      const cell = (cells[index] ??= element.createEl("td"));
      cell.toggleClass(cls("wide"), this.columns[index]?.wide === true);
      setText(cell, text);
    }
  }
}

interface RowElements {
  readonly element: HTMLElement;
  readonly cells: HTMLElement[];
}

function makeHead(parent: HTMLElement): { readonly element: HTMLElement; readonly part: HTMLElement } {
  const element = parent.createEl("th", { attr: { scope: "col" } });
  return { element, part: element };
}

function makeRow(parent: HTMLElement): { readonly element: HTMLElement; readonly part: RowElements } {
  const element = parent.createEl("tr");
  return { element, part: { element, cells: [] } };
}
