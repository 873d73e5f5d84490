import type { StorageFault } from "../../engine/index";
import { StorageError, storageFaultText } from "../../engine/index";

const byCode: Readonly<Record<string, StorageFault>> = {
  ENOSPC: "full",
  EDQUOT: "full",
  QuotaExceededError: "full",
  EACCES: "denied",
  EPERM: "denied",
  EROFS: "denied",
  NotAllowedError: "denied",
  ENOENT: "gone",
  ENOTDIR: "gone",
  ENODEV: "gone",
  NotFoundError: "gone",
};

/** What an error of Obsidian's adapter means. On phones it has no code, only a message. */
export function storageError(error: unknown, path: string): StorageError {
  if (error instanceof StorageError) return error;
  const { code, name, message } = describe(error);
  const fault = byCode[code] ?? byCode[name] ?? faultOfMessage(message);
  const label = code === "" ? "" : ` (${code})`;
  return new StorageError(fault, `${path} could not be kept: ${storageFaultText[fault]}${label}.`);
}

function describe(error: unknown): { readonly code: string; readonly name: string; readonly message: string } {
  if (typeof error !== "object" || error === null) return { code: "", name: "", message: String(error) };
  const text = (key: string): string => {
    const value: unknown = Reflect.get(error, key);
    return typeof value === "string" ? value : "";
  };
  return { code: text("code"), name: text("name"), message: text("message") };
}

function faultOfMessage(message: string): StorageFault {
  if (/no space left|not enough (free )?space|disk (is )?full|quota/i.test(message)) return "full";
  if (/permission|not permitted|denied|read-only/i.test(message)) return "denied";
  if (/does not exist|no such file|not found/i.test(message)) return "gone";
  return "other";
}
