import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MANIFEST, endHostsAfterTests, startSample } from "./fixtures/sampleHost";
import { browserAvailable } from "./node/browser";

const MAIN = `
  const { Plugin, requestUrl } = require("obsidian");
  module.exports = class extends Plugin {
    async ask(param) {
      const response = await requestUrl(param);
      return { status: response.status, json: response.json, header: response.headers["x-sample"] };
    }
    failing(param) { return requestUrl(param).then(() => "ok", (error) => error.status ?? error.message); }
    viaJson(param) { return requestUrl(param).json; }
  };`;

describe.skipIf(!browserAvailable())("requestUrl on the host", { timeout: 90_000 }, () => {
  endHostsAfterTests();
  let server: Server;
  let url = "";

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on("end", () => {
        response.writeHead(request.url === "/bad" ? 503 : 200, { "x-sample": "yes" });
        response.end(JSON.stringify({ method: request.method, body, type: request.headers["content-type"] ?? null }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  test("answers without origin rules, and rejects on a bad status unless told not to", async () => {
    const host = await startSample({}, { plugin: { manifest: MANIFEST, mainJs: MAIN } });
    await host.enablePlugin();
    type Methods = Record<string, (param: unknown) => Promise<unknown>>;
    const call = (method: string, param: unknown): Promise<unknown> => host.page.evaluate(([name, value]) => {
      const plugin = window.__host.app.plugins.getPlugin("sample-plugin") as unknown as Methods;
      return plugin[name]?.(value);
    }, [method, param] as const);
    expect(await call("ask", { url, method: "POST", body: "hi", contentType: "text/x" })).toEqual({
      status: 200,
      header: "yes",
      json: { method: "POST", body: "hi", type: "text/x" },
    });
    expect(await call("failing", { url: `${url}/bad` })).toBe(503);
    expect(await call("failing", { url: `${url}/bad`, throw: false })).toBe("ok");
    expect(await call("viaJson", url)).toMatchObject({ method: "GET" });
    expect(await call("failing", "http://127.0.0.1:1/")).toContain("ERR_FAILED");
  });
});
