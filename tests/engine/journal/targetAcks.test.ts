import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/engine/kernel/json";
import type { SealedLog } from "../../../src/engine/journal/sealedLog";
import { TargetAcks } from "../../../src/engine/journal/targetAcks";

/** A log on a disk that answers at once. */
function memoryLog(): { log: SealedLog; written: JsonObject[] } {
  const written: JsonObject[] = [];
  const log: SealedLog = {
    read: () => Promise.resolve(),
    isDamaged: () => Promise.resolve(false),
    async *stream() {
      yield* written;
    },
    async *placed(from) {
      yield* written.slice(from).map((value, index) => ({ value, start: from + index, end: from + index + 1 }));
    },
    append: (values) => {
      written.push(...values);
      return Promise.resolve();
    },
    replace: () => Promise.resolve(),
    remove: () => Promise.resolve(),
  };
  return { log, written };
}

describe("an acknowledgement", () => {
  it.each(Array.from({ length: 20 }, (_, steps) => steps))("that comes %i steps after another is written when `save` resolves", async (steps) => {
    const { log, written } = memoryLog();
    const acks = new TargetAcks("target", log, () => undefined);
    acks.acknowledge([{ device: "device", seq: 1 }]);
    for (let step = 0; step < steps; step += 1) await Promise.resolve();
    acks.acknowledge([{ device: "device", seq: 5 }]);
    await acks.save();
    expect(JSON.stringify(written.at(-1))).toContain("[5,5]");
  });

  it("after a save that had nothing to write is written", async () => {
    const { log, written } = memoryLog();
    const acks = new TargetAcks("target", log, () => undefined);
    await acks.save();
    expect(written).toEqual([]);
    acks.acknowledge([{ device: "device", seq: 1 }]);
    await acks.save();
    expect(written).toContainEqual({ device: "device", ranges: [[1, 1]] });
  });
});
