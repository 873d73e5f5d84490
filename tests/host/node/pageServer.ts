import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { hostBundle } from "./bundle";

/**
 * Serves the app's page from this machine. A page that playwright answers itself counts as a public one, and Chromium
 * then refuses its sockets to local addresses, which the real app may open.
 */
export class PageServer {
  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async start(): Promise<PageServer> {
    const { script, css } = await hostBundle();
    const files: Readonly<Record<string, readonly [type: string, body: string]>> = {
      "/": ["text/html", INDEX],
      "/host.js": ["text/javascript", script],
      "/host.css": ["text/css", css],
    };
    const server = createServer((request, response) => {
      const file = files[request.url ?? ""];
      const [type, body] = file ?? ["text/plain", ""];
      response.writeHead(file === undefined ? 404 : 200, { "content-type": `${type}; charset=utf-8` });
      response.end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new PageServer(server, `http://localhost:${(server.address() as AddressInfo).port}`);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

const INDEX = `<!doctype html>
<meta charset="utf-8">
<title>Obsidian</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/host.css">
<body></body>
<script src="/host.js"></script>
`;
