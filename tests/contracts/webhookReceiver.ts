import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A real HTTP server that keeps what it gets. What it answers is in the path: `/status/429`, `/to?<address>`, `/hang`, `/flood`. */
export class WebhookReceiver {
  readonly received: Received[] = [];
  private readonly server: Server;
  private heard: () => void = () => undefined;

  /** With `cors` it lets pages of any origin send to it, as a receiver for Obsidian must. */
  constructor(cors = false) {
    this.server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        const path = request.url ?? "";
        if (cors) {
          response.setHeader("Access-Control-Allow-Origin", "*");
          response.setHeader("Access-Control-Allow-Headers", "*");
          response.setHeader("Access-Control-Expose-Headers", "Retry-After");
        }
        if (request.method === "OPTIONS") {
          response.writeHead(cors ? 204 : 405).end();
          return;
        }
        this.received.push({ method: request.method ?? "", path, headers: request.headers, body });
        this.heard();
        if (path === "/hang") return;
        if (path.startsWith("/to?")) response.writeHead(307, { Location: path.slice(4) }).end();
        else if (path.startsWith("/found?")) response.writeHead(302, { Location: path.slice(7) }).end();
        else if (path === "/flood") flood(response);
        else response.writeHead(Number.parseInt(path.split("/")[2] ?? "", 10), { "Retry-After": "7" }).end("thanks");
      });
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Resolves when the next request is here. */
  next(): Promise<void> {
    return new Promise((resolve) => (this.heard = resolve));
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

/** A body without an end, for as long as anybody listens. */
function flood(response: NodeJS.WritableStream & { destroyed?: boolean; writeHead(status: number): unknown }): void {
  response.writeHead(200);
  const more = (): void => {
    while (response.destroyed !== true && response.write("x".repeat(64 * 1024)));
  };
  response.on("drain", more);
  more();
}
