import { randomUUID } from "node:crypto";
import { createServer as createHttpServer } from "node:http";
import { createServer, type AddressInfo, type Server } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { neverAborted } from "../../src/engine/index";
import type { StoreFailure } from "../../src/engine/index";
import { selfSigned } from "./selfSigned";
import { freePort } from "./launch.mjs";
import { startLatencyProxy } from "./latencyProxy";
import { openStore } from "./openStore";
import { testServer } from "./testServer";

const secret = "s3cret-password";
const nobody = { uri: "", user: "nobody", password: secret };
const limits = { connectMs: 2_000, acquireMs: 2_000 };

/** What connecting to this address is answered with, and that no answer shows the password. */
async function refusal(uri: string, changes: object = {}): Promise<StoreFailure> {
  const store = openStore({ ...nobody, uri }, randomUUID(), { limits, ...changes });
  const [reached, connected] = [await store.reach(neverAborted), await store.connect(neverAborted)];
  await store.close();
  expect(JSON.stringify([reached, connected])).not.toContain(secret);
  if (connected.kind !== "failed") throw new Error(`connected to ${uri}`);
  expect(reached).toEqual(connected);
  return connected;
}

describe("an address that cannot work", () => {
  test.for([
    ["http://localhost:7474", "config", "HTTP"],
    ["https://localhost:7473", "config", "HTTP"],
    ["localhost:7687", "config", "must begin with"],
    ["mysql://localhost", "config", "must begin with"],
    ["bolt://", "config", "not complete"],
    ["bolt://local host", "config", "not complete"],
    [`bolt://me:${secret}@localhost`, "config", "must not contain"],
    ["", "config", "must begin with"],
  ] as const)("%s is refused without a connection", async ([uri, failureClass, words]) => {
    const failure = await refusal(uri, { loadDriver: () => Promise.reject(new Error("loaded the driver")) });
    expect(failure.class).toBe(failureClass);
    expect(failure.message).toContain(words);
  });
});

describe("a port where something else listens", () => {
  const listening: Server[] = [];

  async function listen(server: Server): Promise<string> {
    listening.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  afterAll(() => {
    for (const server of listening) server.close();
  });

  test("HTTP: names the Bolt address", async () => {
    const at = await listen(createHttpServer((_, response) => response.end("hello")));
    const failure = await refusal(`bolt://${at}`);
    expect(failure).toMatchObject({ class: "config" });
    expect(failure.message).toContain("HTTP");
  });

  test("another protocol: says that it is not Neo4j", async () => {
    const at = await listen(createServer((socket) => socket.write("SSH-2.0-OpenSSH_9.2\r\n")));
    expect((await refusal(`bolt://${at}`)).message).toContain("Something other than Neo4j");
  });

  test("silence: gives up by itself", async () => {
    const at = await listen(createServer((socket) => socket.on("error", () => undefined)));
    expect(await refusal(`bolt://${at}`)).toMatchObject({ class: "unavailable" });
    expect(await refusal(`bolt://${at}`, { deadlineMs: 300 })).toMatchObject({
      class: "unavailable",
      code: "DEADLINE",
    });
  });

  test("nothing: is away, with what to check", async () => {
    const failure = await refusal(`bolt://127.0.0.1:${await freePort()}`);
    expect(failure).toMatchObject({ class: "unavailable", code: "ServiceUnavailable" });
    expect(failure.message).toContain("7687");
    expect((await refusal("neo4j://127.0.0.1:7474")).message).toContain("HTTP interface");
  });

  test("a host without an address: is away, by name", async () => {
    const failure = await refusal("bolt://no-such-host.invalid");
    expect(failure).toMatchObject({ class: "unavailable" });
    expect(failure.message).toContain("cannot be found");
  });

  test("a certificate that nobody signed: asks for a trusted one", async () => {
    const server = createTlsServer(selfSigned, () => undefined);
    server.on("tlsClientError", () => undefined);
    const failure = await refusal(`bolt+s://${await listen(server)}`);
    expect(failure).toMatchObject({ class: "config" });
    expect(failure.message).toContain("certificate");
  });
});

const server = await testServer();

describe.skipIf(server === null)("a real server", () => {
  if (server === null) return;
  let proxy: Awaited<ReturnType<typeof startLatencyProxy>>;

  beforeAll(async () => {
    proxy = await startLatencyProxy(Number(new URL(server.uri).port));
  });

  afterAll(() => proxy.close());

  // The name is one that nobody has: after three wrong passwords a server refuses the right one for some seconds too.
  test("refuses a wrong password, which is sent once", async () => {
    const store = openStore(
      { uri: `bolt://127.0.0.1:${proxy.port}`, user: `nobody-${randomUUID()}`, password: secret },
      randomUUID(),
    );
    const failure = await store.connect(neverAborted);
    expect(failure).toMatchObject({ class: "auth", code: "Neo.ClientError.Security.Unauthorized" });
    expect(JSON.stringify(failure)).not.toContain(secret);
    expect(proxy.peak).toBe(1);
    await store.close();
  });

  test("refuses a database that is not there, by name", async () => {
    for (const database of ["nope", "system"]) {
      const store = openStore(server, randomUUID(), { database });
      const failure = await store.connect(neverAborted);
      expect(failure).toMatchObject({ kind: "failed", class: "config" });
      expect(failure).toHaveProperty("message", expect.stringContaining(`"${database}"`));
      await store.close();
    }
  });

  test("does not trust a plain port that was asked for TLS", async () => {
    const port = new URL(server.uri).port;
    const failure = await refusal(`bolt+s://127.0.0.1:${port}`);
    expect(failure).toMatchObject({ class: "unavailable" });
    expect(failure.message).toContain("TLS");
  });

  test("answers a question without changing anything", async () => {
    const vault = randomUUID();
    const store = openStore(server, vault);
    expect(await store.reach(neverAborted)).toMatchObject({ kind: "reached", database: "neo4j" });
    expect(await store.removeVault(vault, neverAborted)).toEqual({ kind: "removed", entities: 0 });
    await store.close();
  });
});
