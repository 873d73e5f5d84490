import { describe, expect, it } from "vitest";
import type { EventDraft } from "../../../src/engine/learning/event";
import { mintEvents, type MintContext } from "../../../src/engine/learning/mint";
import { testHasher } from "../../fakes/testHasher";

const at = 1_700_000_000_000;

function draft(id: string, text = "new"): EventDraft {
  return { type: "node_created", subject: { kind: "node", id }, data: { text }, priority: "NORMAL" };
}

function context(changes: Partial<MintContext> = {}): MintContext {
  return {
    hasher: testHasher,
    vault: "vault-1",
    device: "dev",
    canvas: { id: "c1", path: "a.canvas" },
    at,
    hlcMs: at,
    now: at + 60_000,
    lastHlc: null,
    origin: "edit",
    isKnown: () => false,
    repeats: "real",
    ...changes,
  };
}

describe("minting the events of one save", () => {
  it("makes whole events that share their time and grow in order", () => {
    const minted = mintEvents([draft("n1"), draft("n2")], context());
    expect(minted).toEqual({
      events: [
        {
          v: 1,
          id: testHasher.sha256(`[1,"vault-1","a.canvas","n1","node_created",${at},{"text":"new"}]`),
          type: "node_created",
          at,
          hlc: "1700000000000-000000-dev",
          device: "dev",
          vault: "vault-1",
          canvas: { id: "c1", path: "a.canvas" },
          subject: { kind: "node", id: "n1" },
          origin: "edit",
          priority: "NORMAL",
          data: { text: "new" },
        },
        {
          v: 1,
          id: testHasher.sha256(`[1,"vault-1","a.canvas","n2","node_created",${at},{"text":"new"}]`),
          type: "node_created",
          at,
          hlc: "1700000000000-000001-dev",
          device: "dev",
          vault: "vault-1",
          canvas: { id: "c1", path: "a.canvas" },
          subject: { kind: "node", id: "n2" },
          origin: "edit",
          priority: "NORMAL",
          data: { text: "new" },
        },
      ],
      duplicates: [],
      at,
      lastHlc: "1700000000000-000001-dev",
    });
  });

  it("goes on after the last clock of the canvas", () => {
    const minted = mintEvents([draft("n1")], context({ lastHlc: "1800000000000-000003-other" }));
    expect(minted.events[0]?.hlc).toBe("1800000000000-000004-dev");
  });

  it("keeps a null canvas out of the id as null", () => {
    const [event] = mintEvents([draft("n1")], context({ canvas: null })).events;
    expect(event?.canvas).toBeNull();
    expect(event?.id).toBe(testHasher.sha256(`[1,"vault-1",null,"n1","node_created",${at},{"text":"new"}]`));
  });

  it("leaves the last clock alone when there is nothing to mint", () => {
    const minted = mintEvents([], context({ lastHlc: "1800000000000-000003-other" }));
    expect(minted).toEqual({ events: [], duplicates: [], at, lastHlc: "1800000000000-000003-other" });
  });
});

describe("an id that is known", () => {
  const known = new Set(mintEvents([draft("n1"), draft("n2")], context()).events.map((event) => event.id));
  const isKnown = (id: string): boolean => known.has(id);

  it("is a duplicate when a caller tells it again, and the rest is new", () => {
    const minted = mintEvents([draft("n1"), draft("n3"), draft("n2")], context({ repeats: "duplicate", isKnown }));
    expect(minted.events.map((event) => event.subject.id)).toEqual(["n3"]);
    expect(minted.duplicates.map(({ index }) => index)).toEqual([0, 2]);
    expect(new Set(minted.duplicates.map(({ id }) => id))).toEqual(known);
    expect(minted.lastHlc).toBe("1700000000000-000000-dev");
  });

  it("moves a real save on as a whole", () => {
    const minted = mintEvents([draft("n3"), draft("n2")], context({ isKnown }));
    expect(minted.at).toBe(at + 1);
    expect(minted.duplicates).toEqual([]);
    expect(minted.events.map((event) => [event.subject.id, event.at, event.hlc])).toEqual([
      ["n3", at + 1, "1700000000001-000000-dev"],
      ["n2", at + 1, "1700000000001-000001-dev"],
    ]);
    expect(minted.events.some((event) => known.has(event.id))).toBe(false);
  });

  it("moves a real save on until no id is known", () => {
    const first = mintEvents([draft("n1")], context()).events;
    const second = mintEvents([draft("n2")], context({ at: at + 1 })).events;
    const both = new Set([...first, ...second].map((event) => event.id));
    const minted = mintEvents([draft("n1"), draft("n2")], context({ isKnown: (id) => both.has(id) }));
    expect(minted.at).toBe(at + 2);
  });

  it("is a broken promise of the caller when it never ends", () => {
    expect(() => mintEvents([draft("n1")], context({ isKnown: () => true }))).toThrow(RangeError);
  });
});

describe("the same draft twice in one call", () => {
  it.each(["duplicate", "real"] as const)("is one event (%s)", (repeats) => {
    const minted = mintEvents([draft("n1"), draft("n1"), draft("n1", "other")], context({ repeats }));
    expect(minted.events.map((event) => event.data)).toEqual([{ text: "new" }, { text: "other" }]);
    expect(minted.duplicates).toEqual([{ index: 1, id: minted.events[0]?.id }]);
    expect(minted.at).toBe(at);
  });
});
