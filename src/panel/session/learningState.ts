import type { Movement, PastState, TimelinePage } from "../../engine/index";
import type { Loaded } from "./liveAnswer";
import { waiting } from "./liveAnswer";

/** What the timeline is about: a canvas, or a card of it. */
export interface LearningSubject {
  readonly canvas: string;
  readonly node: { readonly id: string; readonly label: string } | null;
}

/** What is known of learning for who looks at it now. */
export interface LearningState {
  readonly movement: Loaded<Movement>;
  /** Null where no canvas was open yet. */
  readonly subject: LearningSubject | null;
  readonly timeline: Loaded<TimelinePage>;
  /** The subject as it was at the end of a local day, `YYYY-MM-DD`; null: nobody asked. */
  readonly past: { readonly day: string; readonly state: Loaded<PastState> } | null;
}

export const noLearning: LearningState = { movement: waiting, subject: null, timeline: waiting, past: null };
