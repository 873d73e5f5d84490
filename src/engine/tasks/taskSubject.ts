import { isJsonObject, ownMember, type JsonValue } from "../kernel/json";

/** What all items of a task are about: a canvas by its path when the task was made, and one node of it where it is only one. */
export interface TaskSubject {
  readonly canvas: string;
  readonly node: string | null;
}

/** Finds out what items are about while they pass by. */
export class SubjectCollector {
  private found: TaskSubject | null = null;
  private isMixed = false;

  add(item: JsonValue): void {
    if (this.isMixed) return;
    const subject = subjectOf(item);
    const { found } = this;
    if (subject === null || (found !== null && found.canvas !== subject.canvas)) this.isMixed = true;
    else this.found = found === null || found.node === subject.node ? subject : { ...subject, node: null };
  }

  /** Null where they are about several canvases, or one of them about none. */
  done(): TaskSubject | null {
    return this.isMixed ? null : this.found;
  }
}

/** A subject as a file has it. */
export function isSubject(value: unknown): value is TaskSubject {
  if (!isJsonObject(value)) return false;
  const { canvas, node } = value;
  return typeof canvas === "string" && (node === null || typeof node === "string");
}

function subjectOf(item: JsonValue): TaskSubject | null {
  if (!isJsonObject(item)) return null;
  const canvas = ownMember(item, "canvas");
  if (typeof canvas !== "string") return null;
  const node = ownMember(item, "node");
  if (typeof node === "string") return { canvas, node };
  const nodes = ownMember(item, "nodes");
  const [only] = Array.isArray(nodes) && nodes.length === 1 ? (nodes as readonly JsonValue[]) : [];
  return { canvas, node: typeof only === "string" ? only : null };
}
