import manifest from "../../manifest.json";

/** The version of the plugin and of its command line. */
export const version: string = manifest.version;
