import { describe, expect, it } from "vitest";
import type { EngineStatus } from "../../../src/engine/index";
import { createFormat } from "../../../src/panel/text/format";
import { boxOf } from "../../../src/panel/view/boxes";
import { chipOf } from "../../../src/panel/view/chip";
import type { Box, Chip } from "../../../src/panel/view/panelView";
import { noLearning } from "../../../src/panel/session/learningState";
import type { SessionView } from "../../../src/panel/session/sessionView";
import { defaultSettings } from "../../../src/settings/schema";
import { engineStatus, storeStatus } from "../../fakes/engineStatus";

const behind = { local: storeStatus({ state: "unavailable", message: "The local graph is not saved: no room." }) };

function shown(status: Partial<EngineStatus>, overrides: Partial<SessionView> = {}): { chip: Chip; box: Box | null } {
  const view: SessionView = {
    intake: { kind: "capturing", look: "done" },
    neo4j: { kind: "off" },
    settings: defaultSettings("11111111-2222-4333-8444-555555555555"),
    status: engineStatus(status),
    lastBatch: null,
    learning: noLearning,
    dead: [],
    ...overrides,
  };
  return { chip: chipOf(view, createFormat("en")), box: boxOf(view, createFormat("en")) };
}

describe("trouble of the local graph", () => {
  it("is shown as what it is, with its reason, and never as a loss", () => {
    const { chip, box } = shown({ stores: behind });
    expect(chip).toMatchObject({ tone: "warn", text: "Saved, local graph behind", state: "graphBehind" });
    expect(box).toMatchObject({ tone: "warn", title: "The local graph is behind", buttons: [] });
    expect(box?.lines[0]).toBe("The local graph is not saved: no room.");
    expect(box?.lines[1]).toContain("Nothing is lost");
  });

  it("stands behind a journal that cannot be written", () => {
    const { chip, box } = shown({ stores: behind, journal: { kind: "failing", fault: "full", message: "x" } });
    expect(chip.text).toBe("Not saving: disk full");
    expect(box?.title).toBe("The disk is full");
  });

  it("stands behind the question whether the vault may be read", () => {
    const { chip, box } = shown({ stores: behind }, { intake: { kind: "declined" } });
    expect(chip.text).toBe("Not capturing");
    expect(box?.title).toBe("Nothing is captured");
  });
});
