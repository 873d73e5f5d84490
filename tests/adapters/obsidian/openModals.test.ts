import { expect, it } from "vitest";
import { OpenModals } from "../../../src/adapters/obsidian/openModals";

/** An element without fields: what the dialogs are called is seen in the browser. */
function element(): HTMLElement {
  const plain = { textContent: "", addClass: () => undefined, querySelector: () => null, querySelectorAll: () => [] };
  return plain as unknown as HTMLElement;
}

class FakeDialog {
  state = "new";
  readonly modalEl = element();
  readonly titleEl = element();
  private closed: () => void = () => undefined;

  setCloseCallback(callback: () => void): void {
    this.closed = callback;
  }

  open(): void {
    this.state = "open";
  }

  close(): void {
    this.state = "closed";
    this.closed();
  }
}

function loaded(): { readonly modals: OpenModals; readonly cleanUps: (() => unknown)[]; readonly unload: () => void } {
  const cleanUps: (() => unknown)[] = [];
  const modals = new OpenModals({ register: (undo) => void cleanUps.push(undo) });
  return { modals, cleanUps, unload: () => cleanUps.forEach((undo) => undo()) };
}

it("closes what is open when the plugin unloads, and leaves alone what was closed before", () => {
  const { modals, cleanUps, unload } = loaded();
  const [first, second] = [new FakeDialog(), new FakeDialog()];
  const told: string[] = [];
  modals.show(first, () => told.push("first"));
  modals.show(second, () => told.push("second"));
  first.close();
  first.state = "reused";
  expect(cleanUps).toHaveLength(1);
  unload();
  expect([first.state, second.state, told]).toEqual(["reused", "closed", ["first", "second"]]);
});

it("opens nothing on an unloaded plugin, and whoever waits for the answer gets it", () => {
  const { modals, unload } = loaded();
  unload();
  const late = new FakeDialog();
  let told = 0;
  modals.show(late, () => (told += 1));
  expect([late.state, told]).toEqual(["new", 1]);
});
