import { isJsonObject, type JsonValue } from "../../kernel/json";
import type { TaskKind } from "../../tasks/kind";
import { TaskFailure } from "../../tasks/taskFailure";
import type { RebuildReport } from "../engine";
import { storageAsAway } from "./storageAsAway";

export interface RebuildKindParts {
  readonly rebuild: (options: { readonly dryRun: boolean; readonly resend: boolean }) => Promise<RebuildReport>;
}

/** Lines of the difference that a result keeps; how many there are is said in any case. */
const MOST_LINES = 200;
const COST_MS = 5_000;

/**
 * Makes the local graph again from the journals. `{dryRun: true}` only says what would change. `{apply: true}` does it,
 * and with `resend: true` sends everything to the store again.
 */
export function rebuildKind({ rebuild }: RebuildKindParts): TaskKind {
  return {
    name: "rebuild",
    check: (item) => (optionsOf(item) === null ? 'An item of the kind rebuild is {"dryRun": true} or {"apply": true, "resend": true or false}.' : null),
    domainOf: () => "graph",
    // Two at once would each fold the whole journal, and the later one tell differences that the other puts right.
    keyOf: () => "rebuild",
    costMs: () => COST_MS,
    repeatable: true,
    run: async (item) => {
      const options = optionsOf(item);
      if (options === null) throw new TaskFailure("data", "item", "This is no item of the kind rebuild.");
      return resultOf(await storageAsAway(() => rebuild(options)));
    },
  };
}

/** Null when it is no item. */
function optionsOf(item: JsonValue): { readonly dryRun: boolean; readonly resend: boolean } | null {
  if (!isJsonObject(item)) return null;
  const { apply, dryRun, resend, ...rest } = item;
  if (Object.keys(rest).length > 0) return null;
  if (dryRun === true && apply === undefined && resend === undefined) return { dryRun: true, resend: false };
  if (apply !== true || dryRun !== undefined) return null;
  if (resend === undefined || typeof resend === "boolean") return { dryRun: false, resend: resend ?? false };
  return null;
}

function resultOf({ applied, differences, events }: RebuildReport): JsonValue {
  return { applied, events, differences: differences.length, lines: differences.slice(0, MOST_LINES) };
}
