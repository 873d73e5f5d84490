const overview = `canvas-engram: a durable history of what you learn on Obsidian canvases

Usage: canvas-engram <command> <vault> [options]

  sync <vault>      catch up once: scan, diff, journal, send to the stores, print a summary
  watch <vault>     the same, then keep watching until Ctrl-C
  status <vault>    stores, pending events, dead letters, tasks, statistics, problems
  events <vault>    journaled events as JSON lines
  retry <vault>     dead letters back into the queue
  rebuild <vault>   the local graph again from the journal
  demo              a made-up vault in a temporary folder, edited live

Options of all commands that open a vault:
  --neo4j URI       also send to this Neo4j (else NEO4J_URI; none: the local graph only)
                    NEO4J_USERNAME (neo4j), NEO4J_PASSWORD, NEO4J_DATABASE (neo4j)
  --concurrency N   batches under way at once, 1-50 (10, or BATCH_NEO4J_CONCURRENCY)
  --batch-size N    events in a batch, 1-2000 (200)
  --linger MS       how long a batch waits for company (100)
  --timeout S       how long to wait for a store that takes nothing (15)

Exit status: 0 done; 1 a file is unreadable, something stayed failed or pending, or sync was
interrupted; 2 wrong usage; 3 another headless writer holds the vault.

canvas-engram <command> --help says more.`;

const topics: Readonly<Record<string, string>> = {
  sync: `Usage: canvas-engram sync <vault> [--json] [options]

Looks at every canvas and note once, journals what changed since the last time, sends it to the
stores and prints a summary. With --json the summary is one JSON object on standard output.
Ctrl-C ends the look at the vault: what was journaled stays, the summary says how far it came, and
the exit status is 1. A second Ctrl-C ends at once.`,
  watch: `Usage: canvas-engram watch <vault> [--json] [options]

Does what sync does, then journals and sends every change until Ctrl-C. With --json it prints one
JSON object a line: {"kind": "ready" | "event" | "batch" | "problem" | "state", ...}. A state is that
of a store, or with "store": "journal" of the journal ("ok", or "failing" as on a full disk).
The exit status is 0, or 1 when the news of a file could not be journaled.`,
  status: `Usage: canvas-engram status <vault> [--json]

Says what is journaled, sent, pending and failed, without changing anything and without a lock.`,
  events: `Usage: canvas-engram events <vault> [--since ISO] [--type TYPE] [--canvas PATH]

Prints journaled events of all devices as JSON lines, oldest first.
  --since ISO      only events at this time or later
  --type TYPE      only this type, such as color_changed
  --canvas PATH    only this canvas, under any path that it ever had`,
  retry: `Usage: canvas-engram retry <vault> --all | ID... [options]

Puts dead letters back into the queue and sends them. status lists their ids.`,
  rebuild: `Usage: canvas-engram rebuild <vault> [--dry-run] [--neo4j URI] [options]

Makes the local graph again from the journals; with a Neo4j address everything is sent again too,
which changes nothing that is right already. --dry-run only says what would change.`,
  demo: `Usage: canvas-engram demo [--json]

Makes a small vault in a temporary folder and edits it, so that there is something to see. It ends
by itself after about 20 seconds when its output is not a terminal.`,
};

/** The help text of one command, or of all of them. */
export function helpText(topic: string | null): string {
  return topic !== null && Object.hasOwn(topics, topic) ? (topics[topic] ?? overview) : overview;
}
