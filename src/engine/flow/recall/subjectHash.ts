import type { SubjectKind } from "../../learning/event";

/** 32 bits of what an event is about. Two subjects may share them, so whoever finds one has to look at the event itself. */
export function subjectHash(kind: SubjectKind, id: string): number {
  let hash = kind.charCodeAt(0) ^ 0x811c9dc5;
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
