/** Rows of a list that may be long: only those that are seen are made. Keys are all different. */
export interface Rows<Row> {
  readonly size: number;
  /** The same row keeps its key, so that focus, hover and selection survive updates. */
  readonly key: (index: number) => string;
  readonly row: (index: number) => Row;
}

/** Rows of items, each made when it is asked for. */
export function rowsOf<Item, Row>(items: readonly Item[], keyOf: (item: Item) => string, rowOf: (item: Item) => Row): Rows<Row> {
  const at = (index: number): Item => {
    const item = items[index];
    if (item === undefined) throw new RangeError(`There is no row ${index} of ${items.length}.`);
    return item;
  };
  return { size: items.length, key: (index) => keyOf(at(index)), row: (index) => rowOf(at(index)) };
}
