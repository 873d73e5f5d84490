import type { Clock } from "../../kernel/clock";
import type { JsonObject, JsonValue } from "../../kernel/json";
import { csvChunks } from "../../tasks/export/csvChunks";
import { eventTable } from "../../tasks/export/eventTable";
import { edgesOf, exportedSubject, liveCanvases, nodesOf } from "../../tasks/export/graphRows";
import { canvasTable, conceptTable, edgeTable, nodeTable, noteTable } from "../../tasks/export/graphTables";
import type { GraphSource } from "../../tasks/export/graphSource";
import { isoText } from "../../tasks/export/isoText";
import { jsonChunks, jsonLines } from "../../tasks/export/jsonChunks";
import { resultTable } from "../../tasks/export/resultTable";
import type { Table } from "../../tasks/export/table";
import { aggregate } from "../../tasks/results/aggregate";
import { lastLinesOnly } from "../../tasks/results/lastLinesOnly";
import { qualityFormula, qualityScore } from "../../tasks/results/qualityScore";
import type { TaskView } from "../../tasks/taskView";
import type { EventQuery } from "../engine";
import { graphTables, type ExportFormat, type ExportRequest, type GraphTable } from "./exportRequest";
import type { ExportSources } from "./exportSources";

/** The content of one file. */
export interface ExportContent {
  /** What it is, for people: the first word of the file's name. */
  readonly name: string;
  readonly chunks: AsyncIterable<string>;
  /** Rows that the chunks had so far. */
  rows(): number;
}

type Of<What extends ExportRequest["what"]> = Extract<ExportRequest, { readonly what: What }>;

/** Whatever is asked for, as text. Null: there is no such task. Nothing is read before the chunks are. */
export function exportContent(request: ExportRequest, sources: ExportSources, clock: Clock): ExportContent | null {
  const head = { format: `canvas-engram ${request.what}`, version: 1, exportedAt: isoText(clock.now()) };
  switch (request.what) {
    case "events":
      return written("events", request.format, head, listOf("events", eventTable, sources.events(queryOf(request, clock))));
    case "graph":
      return request.table === null ? wholeGraph(head, sources.graph) : written(request.table, request.format, head, graphList(request.table, sources.graph));
    case "stats":
      return { name: "stats", chunks: jsonChunks({ ...head, stats: sources.stats() }, []), rows: () => 1 };
    case "task":
      return taskContent(request, sources, head, clock);
  }
}

/** Rows of one kind, counted while they are read, and the table that they fit. */
interface List {
  readonly name: string;
  readonly rows: AsyncIterable<object>;
  readonly csv: () => AsyncIterable<string>;
  readonly count: () => number;
}

function listOf<Row extends object>(name: string, table: Table<Row>, source: AsyncIterable<Row>): List {
  let count = 0;
  async function* counted(): AsyncGenerator<Row> {
    for await (const row of source) {
      count += 1;
      yield row;
    }
  }
  const rows = counted();
  return { name, rows, csv: () => csvChunks(table, rows), count: () => count };
}

function written(name: string, format: ExportFormat, head: JsonObject, list: List): ExportContent {
  const chunks = { csv: list.csv, ndjson: () => jsonLines(list.rows), json: () => jsonChunks(head, [list]) };
  return { name, chunks: chunks[format](), rows: list.count };
}

function wholeGraph(head: JsonObject, graph: GraphSource): ExportContent {
  const lists = graphTables.map((table) => graphList(table, graph));
  return { name: "graph", chunks: jsonChunks(head, lists), rows: () => lists.reduce((sum, list) => sum + list.count(), 0) };
}

function graphList(table: GraphTable, graph: GraphSource): List {
  switch (table) {
    case "canvases":
      return listOf(table, canvasTable, oneByOne(() => liveCanvases(graph)));
    case "nodes":
      return listOf(table, nodeTable, nodesOf(graph, liveCanvases(graph)));
    case "edges":
      return listOf(table, edgeTable, edgesOf(graph, liveCanvases(graph)));
    case "notes":
      return listOf(table, noteTable, oneByOne(() => graph.notes().map(exportedSubject)));
    case "concepts":
      return listOf(table, conceptTable, oneByOne(() => graph.concepts().map(exportedSubject)));
  }
}

function taskContent({ format, task }: Of<"task">, sources: ExportSources, head: JsonObject, clock: Clock): ExportContent | null {
  const view = sources.tasks.status(task);
  if (view === null) return null;
  const list = listOf("results", resultTable, lastLinesOnly(() => sources.tasks.results(task)));
  if (format !== "json") return written("results", format, head, list);
  return { name: "results", chunks: taskDocument(view, sources, head, list, clock), rows: list.count };
}

async function* taskDocument(view: TaskView, sources: ExportSources, head: JsonObject, list: List, clock: Clock): AsyncGenerator<string> {
  const isValid = (value: JsonValue): boolean => sources.isResult(view.kind, value);
  const summary = await aggregate(sources.tasks.results(view.id), { clock, isValid });
  const quality = { score: qualityScore(summary, view.counts.total), formula: qualityFormula };
  yield* jsonChunks({ ...head, task: plain(view), summary: plain(summary), quality }, [list]);
}

function queryOf({ canvas, since, type }: Of<"events">, clock: Clock): EventQuery {
  return {
    ...(since.kind === "all" ? {} : { since: since.kind === "at" ? since.at : clock.now() - since.days * 86_400_000 }),
    ...(type === null ? {} : { type }),
    ...(canvas === null ? {} : { canvas }),
  };
}

/** A value of ours as JSON: the types of interfaces do not say that they are. */
function plain(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}

async function* oneByOne<T>(rows: () => readonly T[]): AsyncGenerator<T> {
  for (const row of rows()) yield await Promise.resolve(row);
}
