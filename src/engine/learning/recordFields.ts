/** The named fields of one record from outside, each read once; what is absent is undefined. */
export interface RecordFields {
  readonly type: unknown;
  readonly timestamp: unknown;
  readonly canvas: unknown;
  readonly node: unknown;
  readonly edge: unknown;
  readonly note: unknown;
  readonly concept: unknown;
  readonly data: unknown;
  readonly score: unknown;
  readonly rating: unknown;
  readonly due: unknown;
  readonly interval: unknown;
  readonly ease: unknown;
  readonly level: unknown;
  readonly remark: unknown;
}

/**
 * Reads the fields under their own names or, where those are absent, the snake-case ones that other programs use
 * (`event_type`, `canvas_path`, `node_id`, `edge_id`, `metadata`). Null for what is no object. Getters may throw.
 */
export function readFields(input: unknown): RecordFields | null {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return null;
  const read = (name: string, alias?: string): unknown => {
    const value: unknown = Reflect.get(input, name);
    if (value !== undefined && value !== null) return value;
    return alias === undefined ? value : (Reflect.get(input, alias) ?? value);
  };
  return {
    type: read("type", "event_type"),
    timestamp: read("timestamp"),
    canvas: read("canvas", "canvas_path"),
    node: read("node", "node_id"),
    edge: read("edge", "edge_id"),
    note: read("note", "note_path"),
    concept: read("concept"),
    data: read("data", "metadata"),
    score: read("score"),
    rating: read("rating"),
    due: read("due"),
    interval: read("interval"),
    ease: read("ease"),
    level: read("level"),
    remark: read("remark"),
  };
}
