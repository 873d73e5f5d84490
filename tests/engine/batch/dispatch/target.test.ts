import { expect, it } from "vitest";
import { Target } from "../../../../src/engine/batch/dispatch/target";
import type { GraphStore } from "../../../../src/engine/graph/port";
import { ManualClock } from "../../../fakes/manualClock";

const refuses: Pick<GraphStore, "connect"> = {
  connect: async () => ({ kind: "failed", class: "auth", code: "x", message: "wrong password" }),
};

it("says so when what became of a connection could not be told", async () => {
  const clock = new ManualClock();
  const errors: string[] = [];
  let deaf = false;
  const target: Target = new Target({
    clock,
    logger: { error: (message) => void errors.push(message) },
    store: refuses,
    deadlineMs: () => 1000,
    welcome: async () => undefined,
    changed: () => {
      if (deaf) throw new Error("a broken listener");
    },
  });
  target.start();
  deaf = true;
  await clock.flush();
  expect(target.state.kind).toBe("auth");
  expect(errors).toEqual([expect.stringMatching(/stays as it is .*a broken listener/)]);
});
