import { Notice } from "obsidian";
import { fill, strings } from "../../panel/text/strings";

/** Runs what a person asked for and tells them when it fails. Never rejects. */
export async function reported(run: () => Promise<void> | void): Promise<void> {
  try {
    await run();
  } catch (error) {
    new Notice(fill(strings.notices.failed, { reason: error instanceof Error ? error.message : String(error) }));
  }
}
