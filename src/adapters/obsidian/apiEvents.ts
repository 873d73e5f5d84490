import type { EngineSignal, EngineStatus, LearningEvent, TaskView } from "../../engine/index";
import { createEmitter } from "../../engine/index";
import type { Session } from "../../panel/session/session";

/** What `on` of the API tells of, by name. Each value is immutable. Nothing is told of what happened before `on` was called. */
export interface ApiEvents {
  /** How everything stands, after changes and perhaps more often: at most 20 times a second. */
  readonly status: EngineStatus;
  /** A task that was made, went on or ended. Of several changes close together only the last may be told. */
  readonly task: TaskView;
  /** A batch that a store answered. `ms`: how long the write took. */
  readonly batch: ApiBatch;
  /** A learning event that this device journaled. Those of other devices are not told. */
  readonly event: LearningEvent;
  /** A canvas about which events were journaled: those of one look at its file come together. */
  readonly canvas: ApiCanvasChange;
  /** A file that could not be read. */
  readonly problem: Extract<EngineSignal, { kind: "problem" }>["problem"];
}

export type ApiEventName = keyof ApiEvents;

export type ApiBatch = Omit<Extract<EngineSignal, { kind: "batch" }>, "kind">;

export interface ApiCanvasChange {
  /** The canvas's identity, which stays when it is renamed. */
  readonly id: string;
  readonly path: string;
  readonly events: readonly LearningEvent[];
}

export const apiEventNames: readonly ApiEventName[] = ["status", "task", "batch", "event", "canvas", "problem"];

type Tell<Name extends ApiEventName> = (value: ApiEvents[Name]) => void;

type Sources = { readonly [Name in ApiEventName]: (tell: Tell<Name>) => () => void };

export type ApiOn = <Name extends ApiEventName>(event: Name, listener: (value: ApiEvents[Name]) => void) => () => void;

/**
 * Listening for other plugins. A listener belongs to no engine, as there is another one after the data of this device was
 * removed, and ends with the plugin. What it throws goes to `report`, and the others still hear.
 */
export function createOn(session: Session, report: (what: string, error: unknown) => void): ApiOn {
  const sources = sourcesOf(session);
  return (event, listener) => {
    if (!apiEventNames.includes(event)) throw new RangeError(`There is no event ${JSON.stringify(event)}; there are ${apiEventNames.join(", ")}.`);
    if (typeof listener !== "function") throw new TypeError("The second argument of on is a function.");
    const own = createEmitter<ApiEvents[typeof event]>((error) => report(`a listener of another plugin for "${event}"`, error));
    own.on(listener);
    return sources[event]((value) => own.emit(value));
  };
}

function sourcesOf(session: Session): Sources {
  return {
    status: (tell) =>
      session.onChange(() => {
        const { status } = session.look();
        if (status !== null) tell(status);
      }),
    task: (tell) => tasksOf(session, tell),
    batch: (tell) =>
      session.onSignal((signal) => {
        if (signal.kind !== "batch") return;
        const { kind: _, ...batch } = signal;
        tell(batch);
      }),
    event: (tell) =>
      session.onSignal((signal) => {
        if (signal.kind === "event") tell(signal.event);
      }),
    canvas: (tell) => canvasesOf(session, tell),
    problem: (tell) =>
      session.onSignal((signal) => {
        if (signal.kind === "problem") tell(signal.problem);
      }),
  };
}

function tasksOf(session: Session, tell: Tell<"task">): () => void {
  const known = new Map((session.look().status?.tasks ?? []).map((task) => [task.id, stateOf(task)]));
  return session.onChange(() => {
    const tasks = session.look().status?.tasks;
    if (tasks === undefined) return;
    const changed = tasks.filter((task) => known.get(task.id) !== stateOf(task));
    const there = new Set(tasks.map(({ id }) => id));
    for (const id of known.keys()) if (!there.has(id)) known.delete(id);
    for (const task of changed) known.set(task.id, stateOf(task));
    for (const task of changed) tell(task);
  });
}

// Views are made anew each time, and the time left changes by itself: that is no news of a task.
function stateOf({ counts, endedAt, lastError, priority, status, waitsFor }: TaskView): string {
  return [status, priority, endedAt, counts.total, counts.running, counts.done, counts.failed, counts.cancelled, waitsFor, lastError].join("\n");
}

/** Events that are journaled together are told one after the other, so a canvas is told of when they are through. */
function canvasesOf(session: Session, tell: Tell<"canvas">): () => void {
  let waiting = new Map<string, LearningEvent[]>();
  let isOver = false;
  const undo = session.onSignal((signal) => {
    const canvas = signal.kind === "event" ? signal.event.canvas : null;
    if (signal.kind !== "event" || canvas === null) return;
    if (waiting.size === 0) queueMicrotask(flush);
    waiting.set(canvas.id, [...(waiting.get(canvas.id) ?? []), signal.event]);
  });
  const flush = (): void => {
    const told = waiting;
    waiting = new Map();
    for (const [id, events] of told) {
      const path = events.at(-1)?.canvas?.path;
      if (path !== undefined && !isOver) tell({ id, path, events });
    }
  };
  return () => {
    isOver = true;
    undo();
  };
}
