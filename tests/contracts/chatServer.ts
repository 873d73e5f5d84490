import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: { readonly model: string; readonly stream: boolean; readonly messages: readonly { readonly role: string; readonly content: string }[] };
}

/** How the server behaves; it stands in the base address, as `/stream`. */
export type Manner =
  | "stream"
  | "crlf"
  | "whole"
  | "empty"
  | "slow"
  | "silent"
  | "hold"
  | "throttled"
  | "throttled-once"
  | "trouble"
  | "trouble-once"
  | "busy"
  | "cut"
  | "cut-once"
  | "end-early"
  | "broken"
  | "stream-error"
  | "page"
  | "wrong-json"
  | "no-key"
  | "no-model"
  | "nothing"
  | "refuses"
  | "moved"
  | "flood";

const ANSWER = ["A limit is ", "the value that is ", "approached: ε → 0 ", "and 漢字 😀."];
export const WHOLE_ANSWER = ANSWER.join("");

/** A real server that speaks the chat protocol of OpenAI, well or badly. */
export class ChatServer {
  readonly asked: Asked[] = [];
  /** Answers under way whose connection the other side has closed. */
  left = 0;
  private readonly server: Server;
  private heard: () => void = () => undefined;
  private readonly held: (() => void)[] = [];
  private readonly counts = new Map<string, number>();

  constructor(private readonly elsewhere = "http://127.0.0.1:9/") {
    this.server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      response.on("close", () => {
        if (!response.writableFinished) this.left += 1;
      });
      request.on("data", (piece: Buffer) => pieces.push(piece));
      request.on("end", () => {
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("Access-Control-Allow-Headers", "content-type, authorization");
        response.setHeader("Access-Control-Expose-Headers", "Retry-After");
        if (request.method === "OPTIONS") {
          response.writeHead(204).end();
          return;
        }
        const path = request.url ?? "";
        this.asked.push({ path, headers: request.headers, body: JSON.parse(Buffer.concat(pieces).toString()) as Asked["body"] });
        this.heard();
        this.answer(path.split("/")[1] as Manner, response);
      });
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Resolves when the next question is here. */
  next(): Promise<void> {
    return new Promise((resolve) => (this.heard = resolve));
  }

  /** Ends the answers that are held back. */
  release(): void {
    for (const go of this.held.splice(0)) go();
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private answer(manner: Manner, response: ServerResponse): void {
    const count = (this.counts.get(manner) ?? 0) + 1;
    this.counts.set(manner, count);
    switch (manner) {
      case "stream":
        return streamed(response, ANSWER, "\n\n");
      case "crlf":
        return streamed(response, ANSWER, "\r\n\r\n");
      case "empty":
        return streamed(response, [" ", "\n"], "\n\n");
      case "whole":
        return json(response, 200, { choices: [{ message: { role: "assistant", content: WHOLE_ANSWER } }] });
      case "slow":
        begin(response).write(event(ANSWER[0] ?? ""));
        return;
      case "silent":
        return;
      case "hold":
        this.held.push(() => streamed(response, ANSWER, "\n\n"));
        return;
      case "throttled-once":
        if (count > 1) return streamed(response, ANSWER, "\n\n");
        return json(response.setHeader("Retry-After", "7"), 429, { error: { message: "slow down" } });
      case "throttled":
        return json(response.setHeader("Retry-After", "7"), 429, { error: { message: "slow down" } });
      case "trouble-once":
        return count > 1 ? streamed(response, ANSWER, "\n\n") : json(response, 500, { error: { message: "out of memory" } });
      case "trouble":
        return json(response, 500, { error: { message: "out of memory" } });
      case "busy":
        return json(response.setHeader("Retry-After", "3"), 503, {});
      case "cut-once":
        return count > 1 ? streamed(response, ANSWER, "\n\n") : cut(response);
      case "cut":
        return cut(response);
      case "end-early":
        begin(response).end(event(ANSWER[0] ?? ""));
        return;
      case "broken":
        begin(response).end(`${event(ANSWER[0] ?? "")}data: {"choices": [{"del\n\n`);
        return;
      case "stream-error":
        begin(response).end('data: {"error": {"message": "the model crashed"}}\n\n');
        return;
      case "page":
        response.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><title>Hello</title>");
        return;
      case "wrong-json":
        return json(response, 200, { answer: "42" });
      case "no-key":
        return json(response, 401, { error: { message: "Incorrect API key provided" } });
      case "no-model":
        return json(response, 404, { error: { message: 'model "nobody" not found, try pulling it first', type: "api_error" } });
      case "nothing":
        response.writeHead(404, { "Content-Type": "text/plain" }).end("404 page not found");
        return;
      case "refuses":
        return json(response, 400, { error: "this question is too long" });
      case "moved":
        response.writeHead(307, { Location: this.elsewhere }).end();
        return;
      case "flood":
        return flood(response);
    }
  }
}

function begin(response: ServerResponse): ServerResponse {
  return response.writeHead(200, { "Content-Type": "text/event-stream" });
}

function event(content: string, end = "\n\n"): string {
  return `data: ${JSON.stringify({ id: "c1", object: "chat.completion.chunk", choices: [{ index: 0, delta: { content }, finish_reason: null }] })}${end}`;
}

/** In pieces that end in the middle of lines and of characters, as they do on a network. */
function streamed(response: ServerResponse, texts: readonly string[], end: string): void {
  const body = [`: hello${end}`, ...texts.map((text) => event(text, end)), `data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: "stop" }] })}${end}`, `data: [DONE]${end}`].join("");
  const bytes = Buffer.from(body);
  begin(response);
  for (let at = 0; at < bytes.length; at += 37) response.write(bytes.subarray(at, at + 37));
  response.end();
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}

function cut(response: ServerResponse): void {
  begin(response).write(event(ANSWER[0] ?? ""), () => setImmediate(() => response.destroy()));
}

/** Text without an end, for as long as anybody listens. */
function flood(response: ServerResponse): void {
  begin(response);
  const piece = event("x".repeat(16_000));
  const more = (): void => {
    while (!response.destroyed && response.write(piece));
  };
  response.on("drain", more);
  more();
}
