import type { StoreTrial } from "../../engine/index";
import type { Format } from "../text/format";
import type { Neo4jUse } from "../session/sessionView";
import { fill, strings } from "../text/strings";

/** What came of a connection test, for a person. */
export function trialText(trial: StoreTrial | Extract<Neo4jUse, { kind: "incomplete" }>, format: Format): string {
  if (trial.kind !== "connected") return trial.message;
  return fill(strings.notices.connected, { server: trial.server, ms: format.milliseconds(trial.latencyMs) });
}
