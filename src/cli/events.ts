import type { EventQuery } from "../engine/index";
import type { HostOptions } from "./arguments";
import { openToRead } from "./openVault";
import type { Output } from "./output";

/** Prints journaled events as JSON lines. Returns the exit status. */
export async function events(host: HostOptions, query: EventQuery, output: Output): Promise<number> {
  const vault = await openToRead(host);
  try {
    for await (const event of vault.view.events(query)) await output.line(JSON.stringify(event));
  } finally {
    await vault.close();
  }
  return 0;
}
