import type { PanelAction } from "../view/panelView";
import type { WindowedListParts, WindowedList } from "./windowedList";

/** What the lists of a panel have to know of what scrolls them. */
export type Scrolled = Pick<WindowedListParts<never, never>, "scroller" | "covered">;

/** What a list needs of clicks, keys and the focus, which the panel hears for all of them. */
type AnyList = Pick<WindowedList<never, never>, "focused" | "press" | "root" | "show">;

/** What a key on a row asks for, written as `Alt+ArrowUp`. */
type RowKeys = (target: Element, key: string) => PanelAction | null;

/** The long lists of a panel, and what folds. */
export class LongLists {
  private readonly lists: { readonly list: AnyList; readonly keys: RowKeys }[] = [];
  private readonly folds = new Map<Element, () => void>();

  add(list: AnyList, keys: RowKeys): void {
    this.lists.push({ list, keys });
  }

  addFold(button: Element, fold: () => void): void {
    this.folds.set(button, fold);
  }

  /** Folds or unfolds where the click was on what does that. */
  follow(target: Element | null): boolean {
    const fold = [...this.folds].find(([button]) => button.contains(target))?.[1];
    fold?.();
    return fold !== undefined;
  }

  focused(target: Element | null): void {
    for (const { list } of this.lists) if (list.root.contains(target)) list.focused(target);
  }

  /** What a key asks for, true where it moved the focus, null where it is none of the lists'. */
  press(target: Element | null, key: string): PanelAction | true | null {
    const here = this.lists.find(({ list }) => list.root.contains(target));
    if (here === undefined || target === null) return null;
    return here.keys(target, key) ?? (here.list.press(target, key) || null);
  }

  /** Nothing is listened to any more. */
  close(): void {
    for (const { list } of this.lists) list.show(null);
  }
}
