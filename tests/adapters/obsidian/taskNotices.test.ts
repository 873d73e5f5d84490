import { expect, it, vi } from "vitest";
import type { TaskNotice } from "../../../src/engine/index";
import { ManualClock } from "../../fakes/manualClock";

vi.mock("obsidian", () => ({ Notice: class {} }));
const { TaskNotices } = await import("../../../src/adapters/obsidian/taskNotices");

class FakeNotice {
  texts: string[];
  shown = true;

  constructor(text: string) {
    this.texts = [text];
  }

  readonly isShown = (): boolean => this.shown;
  readonly change = (text: string): void => void this.texts.push(text);
  readonly hide = (): void => void (this.shown = false);
}

function world(): { readonly clock: ManualClock; readonly made: FakeNotice[]; readonly tell: (key: string, title: string, tone?: TaskNotice["tone"]) => void; readonly hide: () => void } {
  const clock = new ManualClock();
  const made: FakeNotice[] = [];
  const notices = new TaskNotices(clock, (text) => {
    const notice = new FakeNotice(text);
    made.push(notice);
    return notice;
  });
  return { clock, made, tell: (key, title, tone = "good") => notices.tell({ key, title, tone, lines: ["more"] }), hide: () => notices.hide() };
}

it("changes the notice that is shown, which stays as long after the last change as after the first", async () => {
  const { clock, made, tell } = world();
  tell("a", "one");
  await clock.advance(5_000);
  tell("a", "two");
  await clock.advance(5_000);
  expect(made.map(({ shown, texts }) => [shown, texts])).toEqual([[true, ["one\nmore", "two\nmore"]]]);
  await clock.advance(1_000);
  expect(made[0]?.shown).toBe(false);
  expect(clock.pending).toBe(0);
});

it("shows failures longer", async () => {
  const { clock, made, tell } = world();
  tell("a", "bad", "bad");
  await clock.advance(14_000);
  expect(made[0]?.shown).toBe(true);
  await clock.advance(1_000);
  expect(made[0]?.shown).toBe(false);
});

it("shows another notice for other news, and after a person dismissed the last one", async () => {
  const { made, tell } = world();
  tell("a", "one");
  tell("b", "two");
  expect(made.map(({ shown }) => shown)).toEqual([false, true]);
  made[1]?.hide();
  tell("b", "three");
  expect(made.map(({ texts }) => texts)).toEqual([["one\nmore"], ["two\nmore"], ["three\nmore"]]);
});

it("leaves nothing when the plugin unloads", async () => {
  const { clock, made, tell, hide } = world();
  tell("a", "one");
  hide();
  hide();
  expect([made[0]?.shown, clock.pending]).toEqual([false, 0]);
});
