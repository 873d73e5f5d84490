import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestProject } from "vitest/node";
import { launchNeo4j, type LaunchedNeo4j } from "./launch.mjs";

/** What a test file gets when it asks for the server of this run. */
export type TestServerAnswer =
  | { readonly kind: "available"; readonly uri: string; readonly user: string; readonly password: string }
  | { readonly kind: "unavailable"; readonly reason: string };

declare module "vitest" {
  export interface ProvidedContext {
    /** Loopback address that answers with a TestServerAnswer. The first question starts the server. */
    neo4jDesk: string;
  }
}

/**
 * One Neo4j for the whole run, started when the first test file asks for it, so that a run without such files
 * starts none. The question comes over HTTP because test files run in other processes than this one.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let launched: LaunchedNeo4j | undefined;
  let answer: Promise<TestServerAnswer> | undefined;

  async function decide(): Promise<TestServerAnswer> {
    const { NEO4J_TESTS, NEO4J_TEST_URI, NEO4J_TEST_USERNAME, NEO4J_TEST_PASSWORD } = process.env;
    if (NEO4J_TESTS === "0") return { kind: "unavailable", reason: "turned off by NEO4J_TESTS=0" };
    if (NEO4J_TEST_URI !== undefined && NEO4J_TEST_URI !== "") {
      const user = NEO4J_TEST_USERNAME ?? "neo4j";
      return { kind: "available", uri: NEO4J_TEST_URI, user, password: NEO4J_TEST_PASSWORD ?? "" };
    }
    try {
      launched = await launchNeo4j({ say: (line) => console.log(line) });
      return { kind: "available", uri: launched.uri, user: launched.user, password: launched.password };
    } catch (error) {
      return { kind: "unavailable", reason: error instanceof Error ? error.message : String(error) };
    }
  }

  async function answerOnce(): Promise<TestServerAnswer> {
    const decided = await decide();
    if (decided.kind === "unavailable") console.warn(`\n!!! NO NEO4J: ITS TESTS DO NOT RUN (${decided.reason})\n`);
    return decided;
  }

  const desk = createServer((_request, response) => {
    answer ??= answerOnce();
    void answer.then((decided) => response.end(JSON.stringify(decided)));
  });
  // A first download may take minutes; the asking side has its own limit.
  desk.requestTimeout = 0;
  await new Promise<void>((resolve) => desk.listen(0, "127.0.0.1", resolve));
  project.provide("neo4jDesk", `http://127.0.0.1:${(desk.address() as AddressInfo).port}/`);

  return async () => {
    desk.closeAllConnections();
    desk.close();
    await answer;
    await launched?.stop();
  };
}
