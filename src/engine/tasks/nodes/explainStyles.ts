/** How something is explained. */
export type ExplainStyle = "four-levels" | "plain-words" | "comparison" | "worked-example" | "memory-hook";

export interface StyleTemplate {
  /** For people, as part of a title. */
  readonly name: string;
  /** What a model is asked for; `{{title}}` is what is explained. */
  readonly ask: string;
  /** What a note has to be filled in by the learner. */
  readonly outline: string;
}

export const explainStyles: Readonly<Record<ExplainStyle, StyleTemplate>> = {
  "plain-words": {
    name: "plain words",
    ask: "Explain {{title}} in plain words, as to a friend who is clever and has never heard of it. No jargon without its meaning. End with one sentence that could stand alone.",
    outline: "## In plain words\n\n\n\n## In one sentence\n\n",
  },
  "four-levels": {
    name: "four levels",
    ask: "Explain {{title}} four times, each under a heading of its own: for a child of ten, for a pupil, for a student of the subject, and for an expert. Each level adds what the one before it left out.",
    outline: "## For a child of ten\n\n\n\n## For a pupil\n\n\n\n## For a student\n\n\n\n## For an expert\n\n",
  },
  comparison: {
    name: "comparison",
    ask: "Explain {{title}} by comparison with what stands beside it on the canvas: a table of what they share and where they differ, then in which case one would take the one for the other, and how to tell them apart.",
    outline: "## What they share\n\n\n\n## Where they differ\n\n\n\n## How to tell them apart\n\n",
  },
  "worked-example": {
    name: "worked example",
    ask: "Explain {{title}} by one worked example from beginning to end. Give each step with the reason for it, then a similar exercise without its solution.",
    outline: "## The example\n\n\n\n## Step by step\n\n1. \n\n## One to try\n\n",
  },
  "memory-hook": {
    name: "memory hook",
    ask: "Give a hook by which {{title}} stays in memory: a picture, a rhyme or a story that holds each essential part, then which part of it stands for what.",
    outline: "## The hook\n\n\n\n## What stands for what\n\n- \n",
  },
};

export const styleNames = Object.keys(explainStyles) as readonly ExplainStyle[];

export function isExplainStyle(value: unknown): value is ExplainStyle {
  return typeof value === "string" && Object.hasOwn(explainStyles, value);
}
