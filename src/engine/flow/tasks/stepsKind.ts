import { isJsonObject, ownMember, type JsonValue } from "../../kernel/json";
import type { TaskKind } from "../../tasks/kind";
import { TaskFailure } from "../../tasks/taskFailure";

export const STEPS = "steps";

interface Step {
  readonly kind: TaskKind;
  readonly item: JsonValue;
}

/**
 * Items of several kinds in one task, one after the other: `{kind: "drain", item: {}}`. Each is checked, weighed and run
 * as its own kind says. A step that fails does not keep the next ones from running.
 */
export function stepsKind(kindOf: (name: string) => TaskKind | null): TaskKind {
  const read = (item: JsonValue): Step | string => readStep(item, kindOf);
  const ask = <T>(item: JsonValue, otherwise: T, what: (step: Step) => T): T => {
    const step = read(item);
    return typeof step === "string" ? otherwise : what(step);
  };
  return {
    name: STEPS,
    check: (item) => {
      const step = read(item);
      return typeof step === "string" ? step : step.kind.check(step.item);
    },
    domainOf: (item) => ask(item, STEPS, ({ kind, item: own }) => kind.domainOf(own)),
    // One key for all, since only items of one key keep their order.
    keyOf: () => STEPS,
    costMs: (item) => ask(item, 0, ({ kind, item: own }) => kind.costMs(own)),
    repeatable: true,
    run: async (item, context) => {
      const step = read(item);
      if (typeof step === "string") throw new TaskFailure("data", "item", step);
      return { kind: step.kind.name, result: await step.kind.run(step.item, context) };
    },
  };
}

function readStep(item: JsonValue, kindOf: (name: string) => TaskKind | null): Step | string {
  const name = isJsonObject(item) ? ownMember(item, "kind") : undefined;
  const own = isJsonObject(item) ? ownMember(item, "item") : undefined;
  if (typeof name !== "string" || own === undefined) return 'An item of the kind steps is {"kind": "…", "item": …}.';
  const kind = name === STEPS ? null : kindOf(name);
  if (kind === null) return `There is no kind of task named ${name} that can be a step.`;
  // The task is repeatable as a whole, so an interrupted step of it runs again.
  if (!kind.repeatable) return `The kind ${name} cannot be a step, because an interrupted run of it must not be repeated.`;
  return { kind, item: own };
}
