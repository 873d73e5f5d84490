import type { App } from "obsidian";
import type { Random } from "../../engine/index";
import { isDeviceId } from "../../engine/index";

const KEY = "canvas-engram-device";

/**
 * This device's id for this vault, minted once and kept where nothing syncs it. When the device keeps nothing (storage
 * full or blocked) the id holds for this session only, and `kept` is false.
 */
export function deviceId(app: App, random: Random): { readonly id: string; readonly kept: boolean } {
  const known: unknown = app.loadLocalStorage(KEY);
  if (isDeviceId(known)) return { id: known, kept: true };
  const id = random.uuid().replaceAll("-", "").slice(0, 16);
  app.saveLocalStorage(KEY, id);
  // Obsidian swallows a full storage, so only reading back tells.
  return { id, kept: app.loadLocalStorage(KEY) === id };
}
