import type { StorageFault } from "./port";

/** The cause of a fault for a person, as the end of a sentence. */
export const storageFaultText: Readonly<Record<StorageFault, string>> = {
  full: "the disk is full",
  denied: "the system does not allow it",
  gone: "the folder is not there",
  other: "the system refused it",
};
