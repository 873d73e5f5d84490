import { get } from "node:http";
import { inject } from "vitest";
import type { TestServerAnswer } from "./globalSetup";

export interface TestServer {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
}

/**
 * The real Neo4j of this run, or null where there is none: then the file's tests are skipped (the run prints why),
 * and with REQUIRE_NEO4J=1 the file fails.
 *
 * Await it at the top level of a test file and use `describe.skipIf(server === null)`. The server is shared: every
 * test takes its own vault id and wipes nothing.
 */
export async function testServer(): Promise<TestServer | null> {
  const answer = await ask(inject("neo4jDesk"));
  if (answer.kind === "available") return { uri: answer.uri, user: answer.user, password: answer.password };
  if (process.env.REQUIRE_NEO4J === "1") throw new Error(`REQUIRE_NEO4J=1, but there is no Neo4j: ${answer.reason}`);
  return null;
}

function ask(url: string): Promise<TestServerAnswer> {
  return new Promise((resolve, reject) => {
    get(url, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (body += chunk));
      response.on("end", () => resolve(JSON.parse(body) as TestServerAnswer));
    }).on("error", reject);
  });
}
