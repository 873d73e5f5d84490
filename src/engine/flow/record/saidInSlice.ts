import { canvasKey } from "../../canvas/canvasPath";
import type { JsonValue } from "../../kernel/json";
import { buildsOnEarlier, type SubjectFacts } from "../../learning/completeRecord";
import type { ValidRecord } from "../../learning/record";

type Said = { readonly kind: "value"; readonly value: JsonValue } | { readonly kind: "perhaps" };

/**
 * What the items of one slice say. They share an append, so the graph does not have it when the next of them asks for
 * the score or the level before it.
 */
export class SaidInSlice {
  private readonly said = new Map<string, Said>();

  /**
   * Whether a record has to wait until the slice is journaled: one with the caller's own time may be a repeated call,
   * which takes nothing back of what was said since.
   */
  holdsBack(record: ValidRecord): boolean {
    return buildsOnEarlier(record) && this.said.get(factOf(record))?.kind === "perhaps";
  }

  add(record: ValidRecord): void {
    const value = valueOf(record);
    if (value === undefined) return;
    this.said.set(factOf(record), record.at === null ? { kind: "value", value } : { kind: "perhaps" });
  }

  /** The facts of a record's subject as they are behind the items before it. */
  on(record: ValidRecord, facts: SubjectFacts): SubjectFacts {
    const said = this.said.get(factOf(record));
    if (said?.kind !== "value") return facts;
    if (typeof said.value === "number") return { ...facts, score: said.value };
    return typeof said.value === "string" || said.value === null ? { ...facts, level: said.value } : facts;
  }
}

function valueOf({ draft }: ValidRecord): JsonValue | undefined {
  if (draft.type === "score_submitted") return draft.data["score"];
  // The level of a node is what its colour means, whatever is recorded of it.
  return draft.type === "mastery_changed" && draft.subject.kind !== "node" ? draft.data["newLevel"] : undefined;
}

function factOf({ canvasPath, draft }: ValidRecord): string {
  const { kind, id } = draft.subject;
  return JSON.stringify([draft.type, kind, id, canvasPath === null ? null : canvasKey(canvasPath)]);
}
