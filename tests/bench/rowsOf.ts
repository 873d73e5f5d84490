import type { LearningEvent, StoreBatch } from "../../src/engine/index";
import { applyEvent, emptyGraph } from "../../src/engine/graph/fold";
import { RowCollector } from "../../src/engine/graph/rowCollector";
import { createUids } from "../../src/engine/graph/uids";
import { nodeHasher } from "../../src/adapters/node/nodeHasher";

/** The rows that a batch of these events carries, made of nothing but them. */
export function rowsOf(vault: string, events: readonly LearningEvent[]): StoreBatch {
  const graph = emptyGraph();
  for (const event of events) applyEvent(graph, event);
  const collector = new RowCollector(vault, createUids(nodeHasher, vault), graph);
  for (const event of events) collector.add(event);
  return collector.batch();
}
