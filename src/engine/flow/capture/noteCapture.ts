import { canonicalJson } from "../../kernel/canonicalJson";
import type { Hasher } from "../../kernel/hash";
import type { KeyedMutex } from "../../kernel/keyedMutex";
import { fileTime } from "../../learning/fileTime";
import { noteDrafts } from "../../learning/fromNote";
import type { LearningEvent, Origin } from "../../learning/event";
import { watchedProperties, type PropertyNames } from "../../learning/watchedProperties";
import type { LocalGraph } from "../../graph/localGraph";
import type { Look } from "./look";
import type { ProblemBook } from "./problemBook";
import type { Recorder } from "../record/recorder";
import { noteStream } from "../record/streams";
import type { VaultPort } from "./vaultPort";

export interface NoteCaptureParts {
  readonly hasher: Hasher;
  readonly files: Pick<VaultPort, "readProperties">;
  readonly graph: LocalGraph;
  readonly recorder: Recorder;
  readonly problems: ProblemBook;
  readonly locks: KeyedMutex;
  readonly propertyNames: () => PropertyNames;
  readonly graphIdle: () => Promise<void>;
}

/** Watched properties of notes → events. */
export class NoteCapture {
  constructor(private readonly parts: NoteCaptureParts) {}

  look(path: string, origin: Origin): Promise<Look> {
    return this.parts.locks.run(noteStream(path), async () => {
      const file = await this.parts.files.readProperties(path);
      if (file.kind === "missing") return this.gone(path);
      if (file.kind === "unreadable") {
        this.parts.problems.set(path, [{ path, line: null, column: null, reason: file.reason }], true);
        return { kind: "unreadable" };
      }
      const { graph, hasher, problems } = this.parts;
      await this.parts.graphIdle();
      const names = this.parts.propertyNames();
      const properties = watchedProperties(file.content, names);
      const stamp = { mtime: file.mtime, size: file.size, hash: hasher.sha256(canonicalJson(properties)) };
      // Only a change of the file's own properties counts: what a command or the API said since is not taken back
      // by the next save of the note's text.
      if (graph.stamp(path)?.hash === stamp.hash) {
        problems.clear(path);
        graph.setStamp(path, stamp);
        return { kind: "unchanged" };
      }
      const known = graph.note(path);
      const result = noteDrafts(path, known?.inFile ?? null, properties, names);
      const events = await this.record(path, result.drafts, fileTime(file.mtime, known?.fileAt ?? null), origin);
      problems.set(path, result.problems);
      if (result.problems.length === 0) graph.setStamp(path, stamp);
      else graph.forgetStamp(path);
      return events.length === 0 ? { kind: "unchanged" } : { kind: "captured", events };
    });
  }

  private gone(path: string): Look {
    this.parts.graph.forgetStamp(path);
    this.parts.problems.clear(path);
    return { kind: "missing" };
  }

  private async record(
    path: string,
    drafts: ReturnType<typeof noteDrafts>["drafts"],
    at: number,
    origin: Origin,
  ): Promise<readonly LearningEvent[]> {
    if (drafts.length === 0) return [];
    const saved = await this.parts.recorder.save({ stream: noteStream(path), canvas: null, drafts, origin, at, source: "file" });
    return saved.events;
  }
}
