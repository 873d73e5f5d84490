import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEvent } from "../../../src/engine/learning/readEvent";

const event = {
  v: 1,
  id: "ab".repeat(32),
  type: "node_created",
  at: 1_700_000_000_000,
  hlc: "1700000000000-000000-dev",
  seq: 1,
  device: "dev",
  vault: "vault-1",
  canvas: { id: "c1", path: "a.canvas" },
  subject: { kind: "node", id: "n1" },
  origin: "edit",
  priority: "NORMAL",
  data: {},
};

describe("a parsed journal line", () => {
  it.each<[string, object]>([
    ["an event", event],
    ["an event of a note", { ...event, canvas: null, subject: { kind: "note", id: "a.md" } }],
    ["an event of a type that came later", { ...event, type: "reviewed_twice" }],
    ["an event with further keys", { ...event, crc: "00000000", later: { a: 1 } }],
    ["an event about an entry with an empty id", { ...event, subject: { kind: "edge", id: "" } }],
    ["an event before 1970", { ...event, at: -1 }],
  ])("is %s", (_, line) => {
    const read = readEvent(line);
    expect(read).toEqual({ kind: "event", event: line });
  });

  it("of a newer version is left to that version, whatever else it holds", () => {
    expect(readEvent({ v: 2, anything: true })).toEqual({ kind: "newer", v: 2 });
  });

  it.each<[string, unknown]>([
    ["the line is no object", null],
    ["the line is no object", [event]],
    ["the line is no object", "event"],
    ["v is no version", {}],
    ["v is no version", { ...event, v: "1" }],
    ["v is no version", { ...event, v: 1.5 }],
    ["v is no version", { ...event, v: 0 }],
    ["id is missing or malformed", { ...event, id: 64 }],
    ["id is missing or malformed", { ...event, id: "ab" }],
    ["type is missing or malformed", { ...event, type: "" }],
    ["at is missing or malformed", { ...event, at: 1.5 }],
    ["at is missing or malformed", { ...event, at: "2024" }],
    ["hlc is missing or malformed", { ...event, hlc: "1700000000000-000000-" }],
    ["seq is missing or malformed", { ...event, seq: 0 }],
    ["seq is missing or malformed", { ...event, seq: null }],
    ["device is missing or malformed", { ...event, device: "" }],
    ["vault is missing or malformed", { ...event, vault: 1 }],
    ["canvas is missing or malformed", { ...event, canvas: undefined }],
    ["canvas is missing or malformed", { ...event, canvas: { id: "c1" } }],
    ["subject is missing or malformed", { ...event, subject: null }],
    ["subject is missing or malformed", { ...event, subject: { kind: "planet", id: "x" } }],
    ["origin is missing or malformed", { ...event, origin: "sky" }],
    ["priority is missing or malformed", { ...event, priority: "URGENT" }],
    ["data is missing or malformed", { ...event, data: [] }],
  ])("is bad: %s", (reason, line) => {
    expect(readEvent(line)).toEqual({ kind: "bad", reason });
  });

  it("is answered, whatever it is", () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.record({ ...mapped(event) })), (line) => {
        expect(["event", "newer", "bad"]).toContain(readEvent(line).kind);
      }),
    );
  });
});

function mapped(keys: object): Record<string, fc.Arbitrary<unknown>> {
  return Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, fc.oneof(fc.constant(value), fc.jsonValue())]));
}
