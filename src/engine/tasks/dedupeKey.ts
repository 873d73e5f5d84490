/** The usual key of a task about one node of a canvas: `{kind}:{canvas}:{node}`. */
export function dedupeKeyOf(kind: string, canvas: string, node: string): string {
  return `${kind}:${canvas}:${node}`;
}
