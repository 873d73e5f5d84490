import { silentLogger } from "../../../../src/engine/index";
import { emptyContents } from "../../../../src/engine/graph/canvasContents";
import { applyEvent, emptyGraph, type GraphState } from "../../../../src/engine/graph/fold";
import { canvasSummary } from "../../../../src/engine/graph/canvasSummary";
import { documentOf } from "../../../../src/engine/graph/canvasContents";
import { nodeView, subjectView } from "../../../../src/engine/graph/subjectView";
import { JournalRecall, type JournalRecallParts } from "../../../../src/engine/flow/recall/journalRecall";
import type { LearningEvent } from "../../../../src/engine/learning/event";
import { ManualClock } from "../../../fakes/manualClock";
import { MemoryEvents } from "../../../fakes/memoryEvents";

/** Answers from events in memory, with the graph that follows from them. A canvas is asked for by its id. */
export class RecallSetting {
  readonly clock = new ManualClock();
  readonly journal = new MemoryEvents();
  readonly recall: JournalRecall;
  private readonly state: GraphState = emptyGraph();

  constructor(events: readonly LearningEvent[] = [], timeZone = "UTC") {
    this.recall = new JournalRecall({ clock: this.clock, logger: silentLogger, journal: this.journal, graph: this.graph(), graphIdle: async () => undefined, timeZone });
    this.journal.add(events);
    for (const event of events) applyEvent(this.state, event);
  }

  /** An event that is journaled and told of now. */
  record(event: LearningEvent): void {
    this.journal.add([event]);
    applyEvent(this.state, event);
    this.recall.recorded([event]);
  }

  private graph(): JournalRecallParts["graph"] {
    const { state } = this;
    const summary = (id: string): ReturnType<typeof canvasSummary> | null => {
      const row = state.canvases.get(id);
      return row === undefined ? null : canvasSummary(row);
    };
    return {
      canvasByPath: summary,
      canvasById: summary,
      canvases: () => [...state.canvases.values()].map(canvasSummary),
      lastGood: async (id) => documentOf(state.contents.get(id) ?? emptyContents()),
      node: async (canvas, id) => {
        const node = state.contents.get(canvas)?.nodes.get(id);
        return node === undefined ? null : nodeView(id, node);
      },
      note: (path) => {
        const note = state.notes.get(path);
        return note === undefined ? null : subjectView(path, note);
      },
      notes: () => [...state.notes].map(([path, note]) => subjectView(path, note)),
    };
  }
}
