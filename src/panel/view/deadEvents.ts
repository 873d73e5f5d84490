import type { EngineStatus } from "../../engine/index";

/** Events that a store refused and that wait for a person, in all stores together. */
export function deadEvents({ stores }: EngineStatus): number {
  return stores.local.dead + (stores.neo4j?.dead ?? 0);
}
