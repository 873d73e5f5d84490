import type { JsonObject } from "../../engine/index";
import { toJsonObject } from "../../engine/index";

/** Front matter as plain JSON, without the place in the file that Obsidian adds. */
export function plainProperties(value: unknown): JsonObject {
  return Object.fromEntries(Object.entries(toJsonObject(value)).filter(([key]) => key !== "position"));
}
