/** Builds the plugin and the program unless both are newer than every source. False when it failed. */
export function buildIfStale(): boolean;
