import Bottleneck from "bottleneck";
import DataLoader from "dataloader";
import fastq from "fastq";
import pLimit from "p-limit";
import PQueue from "p-queue";

/** A queue of another library, or the bare work: `fill` gives it items and `open` lets them run to the end. */
export interface Peer {
  readonly name: string;
  readonly items: number;
  /** Queues all items behind a shut gate. What it returns runs them all. */
  readonly fill: () => () => Promise<unknown>;
}

export const ITEMS = 100_000;
const CONCURRENCY = 10;
const LEVELS = 4;
const SLICE = 1_000;

/** What every item does: as little as a promise can. */
export const work = async (item: number): Promise<number> => item;

export const peers: readonly Peer[] = [
  { name: "bare ring cut into slices of 1,000, one promise a slice (the limit)", items: ITEMS, fill: bareRing },
  { name: "bare: a promise an item, its resolver in a Map by text key (the limit of submit)", items: ITEMS, fill: bareResolvers },
  { name: "bare: an object an item in a Map by text key, one promise (the limit of submitAll)", items: ITEMS, fill: bareMap },
  { name: "p-limit", items: ITEMS, fill: limited },
  { name: "p-queue, first in first out", items: ITEMS, fill: () => queued(() => 0) },
  { name: "p-queue, 4 priorities", items: ITEMS, fill: () => queued((item) => item % LEVELS) },
  { name: "fastq, promises", items: ITEMS, fill: fast },
  { name: "dataloader, no cache", items: ITEMS, fill: () => loaded(false) },
  { name: "dataloader, cache by text key", items: ITEMS, fill: () => loaded(true) },
  // It starts a timer for each item, so more items would only take longer.
  { name: "bottleneck, 10 at once (2,000 items)", items: 2_000, fill: bottled },
];

/** One of each library that has classes, at rest. What it returns ends them. */
export function restPeers(): readonly (() => unknown)[] {
  const queue = new PQueue({ concurrency: CONCURRENCY });
  const loader = new DataLoader<number, number>(async (keys) => keys);
  const limiter = new Bottleneck({ maxConcurrent: CONCURRENCY });
  return [() => queue.clear(), () => loader.clearAll(), () => limiter.disconnect()];
}

function bareRing(): () => Promise<unknown> {
  const ring = new Uint32Array(ITEMS).map((_, item) => item);
  return async () => {
    let sum = 0;
    for (let from = 0; from < ITEMS; from += SLICE) {
      for (const item of ring.subarray(from, from + SLICE)) sum += item;
      await Promise.resolve();
    }
    return sum;
  };
}

// What any queue needs that gives each item a promise of its own and knows items by a key.
function bareResolvers(): () => Promise<unknown> {
  const waiting = new Map<string, (value: number) => void>();
  const all = Array.from({ length: ITEMS }, (_, item) => new Promise<number>((resolve) => waiting.set(`item ${item}`, resolve)));
  return () => {
    let done = 0;
    for (const resolve of waiting.values()) resolve((done += 1));
    return Promise.all(all);
  };
}

function bareMap(): () => Promise<unknown> {
  const waiting = new Map<string, { readonly item: number; next: object | null }>();
  for (let item = 0; item < ITEMS; item += 1) waiting.set(`item ${item}`, { item, next: null });
  return async () => {
    const ends: { readonly kind: "done"; readonly value: number }[] = [];
    for (const { item } of waiting.values()) ends.push({ kind: "done", value: item });
    return ends;
  };
}

function limited(): () => Promise<unknown> {
  const gate = shutGate();
  const limit = pLimit(CONCURRENCY);
  const shut = Array.from({ length: CONCURRENCY }, () => limit(() => gate.opened));
  const all = Array.from({ length: ITEMS }, (_, item) => limit(work, item));
  return () => {
    gate.open();
    return Promise.all([...shut, ...all]);
  };
}

function queued(priorityOf: (item: number) => number): () => Promise<unknown> {
  const queue = new PQueue({ concurrency: CONCURRENCY, autoStart: false });
  const all = Array.from({ length: ITEMS }, (_, item) => queue.add(() => work(item), { priority: priorityOf(item) }));
  return () => {
    queue.start();
    return Promise.all(all);
  };
}

function fast(): () => Promise<unknown> {
  const queue = fastq.promise(work, CONCURRENCY);
  queue.pause();
  const all = Array.from({ length: ITEMS }, (_, item) => queue.push(item));
  return () => {
    queue.resume();
    return Promise.all(all);
  };
}

function loaded(cache: boolean): () => Promise<unknown> {
  const gate = shutGate();
  const schedule = (run: () => void): void => void gate.opened.then(run);
  const load = async (keys: readonly (number | string)[]): Promise<readonly (number | string)[]> => keys;
  const loader = new DataLoader<number | string, number | string>(load, { maxBatchSize: 200, cache, batchScheduleFn: schedule });
  const all = Array.from({ length: ITEMS }, (_, item) => loader.load(cache ? `item ${item}` : item));
  return () => {
    gate.open();
    return Promise.all(all);
  };
}

function bottled(): () => Promise<unknown> {
  const gate = shutGate();
  const limiter = new Bottleneck({ maxConcurrent: CONCURRENCY });
  const shut = Array.from({ length: CONCURRENCY }, () => limiter.schedule(() => gate.opened));
  const all = Array.from({ length: 2_000 }, (_, item) => limiter.schedule(() => work(item)));
  return () => {
    gate.open();
    return Promise.all([...shut, ...all]);
  };
}

export function shutGate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}
