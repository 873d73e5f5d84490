import { beforeEach, describe, expect, it } from "vitest";
import { LearningLook } from "../../../src/panel/session/learningLook";
import type { LearningSubject } from "../../../src/panel/session/learningState";
import { FakeEngine } from "../../fakes/fakeEngine";
import { ManualClock } from "../../fakes/manualClock";

const canvas: LearningSubject = { canvas: "Maths.canvas", node: null };
const card: LearningSubject = { canvas: "Maths.canvas", node: { id: "n1", label: "Limits" } };

let clock: ManualClock;
let engine: FakeEngine;
let selection: LearningSubject | null;
let look: LearningLook;
const looker = {};

beforeEach(() => {
  clock = new ManualClock();
  engine = new FakeEngine();
  selection = canvas;
  look = new LearningLook({ clock, engine: () => engine, selection: () => selection, changed: () => undefined });
});

const asked = (): readonly string[] => engine.recall.asked.splice(0);

describe("a look at learning", () => {
  it("asks nothing before somebody looks", () => {
    look.lookAround();
    look.again();
    expect([asked(), look.state.subject]).toEqual([[], null]);
  });

  it("follows what is selected, and stays where nothing of a canvas is", () => {
    look.watch(looker, true);
    expect(asked()).toEqual(['movement {"days":7,"canvases":8}', 'timeline {"canvas":"Maths.canvas","limit":20}']);
    selection = card;
    look.lookAround();
    expect(asked()).toEqual(['timeline {"canvas":"Maths.canvas","node":"n1","limit":20}']);
    selection = null;
    look.lookAround();
    expect([asked(), look.state.subject]).toEqual([[], card]);
  });

  it("turns to what is not selected, before anybody looks too, until the selection is another one", () => {
    look.turnTo({ canvas: "Physics.canvas", node: null });
    look.watch(looker, true);
    look.lookAround();
    expect([asked(), look.state.subject]).toEqual([['movement {"days":7,"canvases":8}', 'timeline {"canvas":"Physics.canvas","limit":20}'], { canvas: "Physics.canvas", node: null }]);
    selection = card;
    look.lookAround();
    expect([asked(), look.state.subject]).toEqual([['timeline {"canvas":"Maths.canvas","node":"n1","limit":20}'], card]);
  });

  it("takes another text of the same card without asking", () => {
    selection = card;
    look.watch(looker, true);
    asked();
    selection = { ...card, node: { id: "n1", label: "Limits of series" } };
    look.lookAround();
    expect([asked(), look.state.subject?.node?.label]).toEqual([[], "Limits of series"]);
  });

  it("looks back to the end of a day, at whatever is selected then", async () => {
    look.watch(looker, true);
    asked();
    look.asItWas("2029-12-24");
    const at = Date.parse("2029-12-25T00:00:00Z") - 1;
    expect(asked()).toEqual([`asItWas {"canvas":"Maths.canvas","at":${at},"limit":50}`]);
    selection = card;
    look.lookAround();
    expect(asked()).toContain(`asItWas {"canvas":"Maths.canvas","node":"n1","at":${at},"limit":50}`);
    await clock.flush();
    expect(look.state.past).toEqual({ day: "2029-12-24", state: { kind: "loaded", value: { kind: "unknown", since: null } } });
    look.asItWas(null);
    expect(look.state.past).toBeNull();
  });

  it("shows more entries on demand, up to a limit", () => {
    look.watch(looker, true);
    for (let index = 0; index < 9; index += 1) look.showMore();
    expect(asked().at(-1)).toBe('timeline {"canvas":"Maths.canvas","limit":200}');
  });

  it("is awake as long as one of several panels shows it", async () => {
    const other = {};
    look.watch(looker, true);
    look.watch(other, true);
    look.watch(looker, false);
    await clock.flush();
    asked();
    look.again();
    await clock.advance(250);
    expect(asked()).toHaveLength(2);
    look.watch(other, false);
    await clock.flush();
    look.again();
    await clock.advance(1_000);
    expect(asked()).toEqual([]);
  });
});
