import { beforeEach, describe, expect, test } from "vitest";
import { Neo4jConnection } from "../../../src/adapters/neo4j/connection";
import { createSignal, neverAborted } from "../../../src/engine/index";
import { ManualClock } from "../../fakes/manualClock";
import { scriptedDrivers, type ScriptedDrivers } from "./scriptedDriver";

const query = { text: "RETURN 1", deadlineMs: 6_000 };
const address = { text: "bolt://h:7687/study", uri: "bolt://h:7687", port: 7687, database: "study", encrypted: false };

let clock: ManualClock;
let drivers: ScriptedDrivers;
let loads: number;
let connection: Neo4jConnection;

beforeEach(() => {
  clock = new ManualClock();
  drivers = scriptedDrivers();
  loads = 0;
  connection = new Neo4jConnection({
    user: "u",
    password: "p",
    address,
    concurrency: 10,
    limits: { connectMs: 1, acquireMs: 2 },
    clock,
    loadDriver: async () => {
      loads += 1;
      return drivers;
    },
  });
});

test("loads no driver before the first call, and makes one for all calls", async () => {
  expect(loads).toBe(0);
  const answers = [connection.run(query, neverAborted), connection.run(query, neverAborted)];
  await clock.flush();
  expect(drivers.made).toHaveLength(1);
  for (const run of drivers.made[0]?.runs ?? []) {
    expect(run).toMatchObject({ text: "RETURN 1", parameters: {}, database: "study", timeout: 5_000 });
    run.answer([{ one: 1 }]);
  }
  const ran = { kind: "ran", records: [{ one: 1 }], server: "Neo4j/5.26.30" };
  expect(await Promise.all(answers)).toEqual([ran, ran]);
  expect(clock.pending).toBe(0);
});

describe("a call that is not answered", () => {
  test("is late at its deadline; the next goes to a new driver, the old one closes with its last call", async () => {
    const first = connection.run(query, neverAborted);
    await clock.advance(4_000);
    const second = connection.run(query, neverAborted);
    await clock.advance(2_000);
    expect(await first).toMatchObject({ kind: "failed", class: "unavailable", code: "DEADLINE" });
    const third = connection.run(query, neverAborted);
    await clock.flush();
    expect(drivers.made.map((driver) => [driver.runs.length, driver.closed])).toEqual([
      [2, false],
      [1, false],
    ]);

    drivers.made[0]?.runs[1]?.answer();
    expect(await second).toMatchObject({ kind: "ran" });
    await clock.flush();
    expect(drivers.made.map((driver) => driver.closed)).toEqual([true, false]);
    drivers.made[1]?.runs[0]?.answer();
    expect(await third).toMatchObject({ kind: "ran" });
  });

  test("replaces the driver once, however many are late", async () => {
    const late = [0, 1, 2].map(() => connection.run(query, neverAborted));
    await clock.advance(6_000);
    expect((await Promise.all(late)).map((ran) => ran.kind)).toEqual(["failed", "failed", "failed"]);
    void connection.run(query, neverAborted);
    await clock.flush();
    expect(drivers.made.map((driver) => driver.closed)).toEqual([true, false]);
  });

  test("ends at once when it is asked to stop, and keeps the driver", async () => {
    const stop = createSignal();
    const answer = connection.run(query, stop.signal);
    await clock.flush();
    stop.abort();
    expect(await answer).toMatchObject({ class: "unavailable", code: "STOPPED" });
    expect(drivers.made.map((driver) => driver.closed)).toEqual([false]);
    expect(clock.pending).toBe(0);
  });
});

test("a change of the concurrency takes a new driver and lets the old one finish", async () => {
  const old = connection.run(query, neverAborted);
  await clock.flush();
  connection.setConcurrency(10);
  connection.setConcurrency(3);
  const young = connection.run(query, neverAborted);
  await clock.flush();
  expect(drivers.made.map((driver) => [driver.poolSize, driver.closed])).toEqual([
    [12, false],
    [5, false],
  ]);
  drivers.made[0]?.runs[0]?.answer();
  drivers.made[1]?.runs[0]?.answer();
  expect([(await old).kind, (await young).kind]).toEqual(["ran", "ran"]);
  await clock.flush();
  expect(drivers.made.map((driver) => driver.closed)).toEqual([true, false]);
});

test("a driver that is retired between two calls is not used any more", async () => {
  const first = connection.run(query, neverAborted);
  connection.renew();
  await clock.flush();
  connection.renew();
  drivers.made[0]?.runs[0]?.answer();
  expect(await first).toMatchObject({ kind: "ran" });
  const second = connection.run(query, neverAborted);
  await clock.flush();
  drivers.made[1]?.runs[0]?.answer();
  expect(await second).toMatchObject({ kind: "ran" });
});

test("closing ends the calls under way and all later ones, and closes the driver", async () => {
  const underWay = connection.run(query, neverAborted);
  await clock.flush();
  connection.close();
  connection.close();
  expect(await underWay).toMatchObject({ class: "unavailable", code: "STOPPED" });
  expect(await connection.run(query, neverAborted)).toMatchObject({ class: "unavailable", code: "STOPPED" });
  await clock.flush();
  expect(drivers.made.map((driver) => [driver.runs.length, driver.closed])).toEqual([[1, true]]);
  expect(clock.pending).toBe(0);
});

test("closing between the driver's arrival and its use makes no driver", async () => {
  let arrive = (_: ScriptedDrivers): void => undefined;
  const arrived = new Promise<ScriptedDrivers>((resolve) => (arrive = resolve));
  const late = new Neo4jConnection({
    user: "u",
    password: "p",
    address,
    concurrency: 1,
    limits: { connectMs: 1, acquireMs: 2 },
    clock,
    loadDriver: () => arrived,
  });
  const answer = late.run(query, neverAborted);
  arrive(drivers);
  // The module is there, and the call that waits for it has not gone on yet.
  await Promise.resolve();
  late.close();
  expect(await answer).toMatchObject({ class: "unavailable", code: "STOPPED" });
  expect(drivers.made).toEqual([]);
});

describe("what throws becomes an outcome", () => {
  test("an error of the driver", async () => {
    const answer = connection.run(query, neverAborted);
    await clock.flush();
    drivers.made[0]?.runs[0]?.fail(Object.assign(new Error("x"), { code: "Neo.ClientError.Security.Unauthorized" }));
    expect(await answer).toMatchObject({ class: "auth", code: "Neo.ClientError.Security.Unauthorized" });
  });

  test("parameters that cannot be made, before anything is sent", async () => {
    const parameters = () => {
      throw new TypeError("no property value");
    };
    expect(await connection.run({ ...query, parameters }, neverAborted)).toMatchObject({ class: "data" });
    expect(drivers.made[0]?.runs).toEqual([]);
  });

  test("a driver that cannot be loaded or made", async () => {
    const broken = (loadDriver: () => Promise<ScriptedDrivers>) =>
      new Neo4jConnection({
        user: "u",
        password: "p",
        address,
        concurrency: 1,
        limits: { connectMs: 1, acquireMs: 2 },
        clock,
        loadDriver,
      }).run(query, neverAborted);
    expect(await broken(() => Promise.reject(new Error("no such chunk")))).toMatchObject({ class: "unknown" });
    const open = () => {
      throw new Error("Unknown scheme: gopher");
    };
    expect(await broken(async () => ({ ...drivers, open }))).toMatchObject({ class: "config" });
  });
});
