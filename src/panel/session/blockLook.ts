import type { Clock, Engine, Recall } from "../../engine/index";
import type { BlockRequest } from "../forms/blockRequest";
import type { BlockAnswer } from "../view/blockView";
import { LiveAnswer } from "./liveAnswer";

export interface BlockLookParts {
  readonly clock: Clock;
  readonly engine: () => Pick<Engine, "recall"> | null;
  /** Whether there is a file at a vault path: a note that is gone is not due any more. */
  readonly exists: (path: string) => boolean;
  readonly changed: () => void;
}

/** The live answer to one code block. */
export function blockLook({ exists, ...parts }: BlockLookParts, request: BlockRequest): LiveAnswer<BlockRequest, BlockAnswer> {
  const answer = new LiveAnswer<BlockRequest, BlockAnswer>({ ...parts, ask: (recall, query) => ask(recall, query, exists) });
  answer.about(request);
  return answer;
}

async function ask(recall: Recall, request: BlockRequest, exists: BlockLookParts["exists"]): Promise<BlockAnswer> {
  const of = request.canvas === null ? {} : { canvas: request.canvas };
  switch (request.show) {
    case "stats":
      return { show: "stats", canvas: request.canvas, movement: await recall.movement({ days: request.days, canvases: request.limit, ...of }) };
    case "due":
      return { show: "due", canvas: request.canvas, due: await due(recall, request, of, exists) };
    case "timeline": {
      const { canvas, limit, node } = request;
      const page = await recall.timeline({ canvas, limit, ...(node === null ? {} : { node }) });
      const label = page.entries.find(({ concept }) => concept !== null)?.concept ?? node;
      return { show: "timeline", subject: { canvas, node: node === null ? null : { id: node, label: label ?? node } }, page };
    }
  }
}

async function due(recall: Recall, { days, limit }: Extract<BlockRequest, { show: "due" }>, of: { readonly canvas?: string }, exists: BlockLookParts["exists"]): ReturnType<Recall["due"]> {
  // All of them, since some may be of notes that are gone: the journal is not told of a note's end.
  const { complete, items } = await recall.due({ days, limit: Number.MAX_SAFE_INTEGER, ...of });
  const there = items.filter(({ subject }) => subject.kind === "node" || exists(subject.path));
  return { complete, items: there.slice(0, limit), total: there.length };
}
