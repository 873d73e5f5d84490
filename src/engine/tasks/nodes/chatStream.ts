import { isJsonObject, type JsonValue } from "../../kernel/json";

/** Where the reading of a streamed answer stands. `done` is what the endpoint says itself, not the end of the stream. */
export interface ChatStream {
  readonly text: string;
  readonly done: boolean;
  readonly broken: boolean;
  /** What came of a line that is not whole yet. */
  readonly rest: string;
}

export const openChatStream: ChatStream = { text: "", done: false, broken: false, rest: "" };

/** The stream with one more piece of it read, which may end anywhere inside of a line. */
export function chatStreamed(stream: ChatStream, piece: string): ChatStream {
  const lines = (stream.rest + piece).split(/\r\n|\n|\r/);
  const rest = lines.pop() ?? "";
  return lines.reduce(lineRead, { ...stream, rest });
}

/** The stream at the end of what came: a last line may have no end. */
export function chatEnded(stream: ChatStream): ChatStream {
  return stream.rest === "" ? stream : lineRead({ ...stream, rest: "" }, stream.rest);
}

function lineRead(stream: ChatStream, line: string): ChatStream {
  // Empty lines part the events, and lines with a colon in front keep the connection alive.
  if (stream.done || stream.broken || !line.startsWith("data:")) return stream;
  const data = line.slice("data:".length).trim();
  if (data === "[DONE]") return { ...stream, done: true };
  const value = parsed(data);
  const choice = firstChoice(value);
  if (value === null || isError(value)) return { ...stream, broken: true };
  if (choice === null) return stream;
  const delta = isJsonObject(choice["delta"]) ? choice["delta"]["content"] : undefined;
  const text = stream.text + (typeof delta === "string" ? delta : "");
  return { ...stream, text, done: typeof choice["finish_reason"] === "string" };
}

/** The text of an answer that came as one JSON document; null when it is none. */
export function wholeAnswer(body: string): string | null {
  const choice = firstChoice(parsed(body));
  const message = choice !== null && isJsonObject(choice["message"]) ? choice["message"]["content"] : undefined;
  return typeof message === "string" ? message : null;
}

/** What a refusal says of itself; empty when it says nothing that can be read. */
export function errorDetail(body: string): string {
  const value = parsed(body);
  const error = value !== null && isJsonObject(value) ? value["error"] : undefined;
  const message = error !== undefined && isJsonObject(error) ? error["message"] : error;
  return typeof message === "string" ? message.replace(/\s+/gu, " ").trim().slice(0, 300) : "";
}

function isError(value: JsonValue): boolean {
  return isJsonObject(value) && value["error"] !== undefined && value["choices"] === undefined;
}

function firstChoice(value: JsonValue): Readonly<Record<string, JsonValue>> | null {
  const choices = isJsonObject(value) ? value["choices"] : undefined;
  const first = Array.isArray(choices) ? (choices as readonly JsonValue[])[0] : undefined;
  return first !== undefined && isJsonObject(first) ? first : null;
}

function parsed(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
}
