import type { JsonObject, PrivacyChoice, PrivacyLevel } from "../engine/index";
import { defaultPrivacy, isPrivacyLevel } from "../engine/index";

/** A level that cannot be read may have been a strict one of a newer version, so the strictest of ours stands in for it. */
export function readPrivacy(raw: JsonObject): PrivacyChoice {
  const { level, since } = raw;
  const at = typeof since === "number" && Number.isSafeInteger(since) && since >= 0 ? since : defaultPrivacy.since;
  if (level === undefined) return { ...raw, ...defaultPrivacy };
  return { ...raw, level: isPrivacyLevel(level) ? level : "ids", since: at };
}

/** A choice made at `now` (epoch ms). It is later than the one before, whatever the clock says. */
export function choosePrivacy(before: PrivacyChoice, level: PrivacyLevel, now: number): PrivacyChoice {
  return level === before.level ? before : { ...before, level, since: Math.max(Math.floor(now), before.since + 1) };
}
