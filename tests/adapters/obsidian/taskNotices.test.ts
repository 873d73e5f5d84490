import { describe, expect, it, vi } from "vitest";
import type { TaskView } from "../../../src/engine/index";
import { madeTask } from "../../fakes/madeTask";
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

interface World {
  readonly clock: ManualClock;
  readonly made: FakeNotice[];
  readonly notices: InstanceType<typeof TaskNotices>;
  readonly tell: (key: string, ...ended: readonly TaskView[]) => void;
}

function world(quiet = false): World {
  const clock = new ManualClock();
  const made: FakeNotice[] = [];
  const show = (text: string): FakeNotice => {
    const notice = new FakeNotice(text);
    made.push(notice);
    return notice;
  };
  const textOf = (ended: readonly TaskView[]): string => ended.map(({ id, status }) => `${id} ${status}`).join("\n");
  const notices = new TaskNotices({ clock, quiet: () => quiet, textOf, show });
  const tell: World["tell"] = (key, ...tasks) => {
    const tone = tasks.some(({ status }) => status === "failed") ? "bad" : "good";
    notices.tell({ key, tone, title: "", lines: [], tasks });
  };
  return { clock, made, notices, tell };
}

function ended(id: string, status: "done" | "failed" = "done"): TaskView {
  return madeTask({ id, status });
}

function texts({ made }: World): readonly (readonly string[])[] {
  return made.map((notice) => notice.texts);
}

describe("the notice of tasks", () => {
  it("changes while it is shown, and stays as long after the last change as after the first", async () => {
    const there = world();
    there.tell("k", ended("a"));
    await there.clock.advance(5_000);
    there.tell("k", ended("a"), ended("b"));
    await there.clock.advance(5_000);
    expect([texts(there), there.made[0]?.shown]).toEqual([[["a done", "a done\nb done"]], true]);
    await there.clock.advance(1_000);
    expect(there.made[0]?.shown).toBe(false);
    expect(there.clock.pending).toBe(0);
  });

  it("shows failures longer", async () => {
    const { clock, made, tell } = world();
    tell("k", ended("a", "failed"));
    await clock.advance(14_000);
    expect(made[0]?.shown).toBe(true);
    await clock.advance(1_000);
    expect(made[0]?.shown).toBe(false);
  });

  it("is another one for other news, and after a person dismissed the last one", () => {
    const there = world();
    there.tell("k", ended("a"));
    there.tell("l", ended("b"));
    expect(there.made.map(({ shown }) => shown)).toEqual([false, true]);
    there.made[1]?.hide();
    there.tell("l", ended("b"), ended("c"));
    expect(texts(there)).toEqual([["a done"], ["b done"], ["b done\nc done"]]);
  });

  it("is one for a task that a person began, from its begin to its end", () => {
    const there = world();
    there.notices.begin("a", "a begins");
    there.notices.begin("b", "b begins");
    there.tell("k", ended("a"));
    there.tell("k", ended("a"), ended("b", "failed"));
    expect(texts(there)).toEqual([["a begins", "a begins\nb begins", "b begins\na done", "a done\nb failed"]]);
  });

  it("leaves a task that begins out of what ended before", () => {
    const there = world();
    there.tell("k", ended("a"));
    there.notices.begin("b", "b begins");
    there.tell("k", ended("a"), ended("b"));
    expect(texts(there)).toEqual([["a done"], ["b begins", "a done\nb done"]]);
  });

  it.each<[string, (there: World) => void]>([
    ["before its end", (there) => (there.notices.answer("a", "a: 42"), there.tell("k", ended("a")))],
    ["after its end", (there) => (there.tell("k", ended("a")), there.notices.answer("a", "a: 42"))],
  ])("says what a task found out instead of its end, also %s", (_, happen) => {
    const there = world();
    there.notices.begin("a", "a begins");
    happen(there);
    expect(there.made.map((notice) => notice.texts.at(-1))).toEqual(["a: 42"]);
  });

  it("says that a task failed whatever it found out", () => {
    const there = world();
    there.notices.answer("a", "a: 42");
    there.tell("k", ended("a", "failed"));
    expect(texts(there)[0]?.at(-1)).toBe("a: 42\na failed");
  });

  it("does not tell of what begins in quiet mode, but of answers and failures", () => {
    const there = world(true);
    there.notices.begin("a", "a begins");
    expect(there.made).toEqual([]);
    there.notices.answer("a", "a: 42");
    there.tell("k", ended("b", "failed"));
    expect(texts(there)).toEqual([["a: 42", "a: 42\nb failed"]]);
  });

  it("leaves nothing when the plugin unloads", () => {
    const { clock, made, notices, tell } = world();
    tell("k", ended("a"));
    notices.hide();
    notices.hide();
    expect([made[0]?.shown, clock.pending]).toEqual([false, 0]);
  });
});
