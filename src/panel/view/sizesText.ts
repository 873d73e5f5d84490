import type { StorageSizes } from "../../engine/index";
import type { Format } from "../text/format";
import { fill, strings } from "../text/strings";

/** What is kept where, in one sentence; what other devices keep in another. */
export function sizesText({ graph, journal, other, otherDevices, recovery, tasks }: StorageSizes, format: Format): string {
  const words = strings.storage;
  const size = (bytes: number): string => format.bytes(bytes);
  const own = fill(words.sizesText, {
    all: size(graph + journal + other + recovery + tasks),
    journal: size(journal),
    graph: size(graph),
    recovery: size(recovery),
    tasks: size(tasks),
  });
  return otherDevices === 0 ? own : `${own} ${fill(words.sizesOthers, { others: size(otherDevices) })}`;
}
