/** Events that are folded together. */
const CHUNK = 500;

/** The items in groups, so that what is done with them is done less often. */
export async function* chunks<T>(items: AsyncIterable<T>, size = CHUNK): AsyncIterable<readonly T[]> {
  let group: T[] = [];
  for await (const item of items) {
    group.push(item);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
