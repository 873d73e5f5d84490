import type { Driver, DriverModule, DriverResult } from "../../../src/adapters/neo4j/driverModule";

/** One call of `session.run` that waits for the test to answer it. */
export interface ScriptedRun {
  readonly text: string;
  readonly parameters: object;
  readonly timeout: number;
  readonly database: string;
  answer(records?: readonly Readonly<Record<string, unknown>>[]): void;
  fail(error: unknown): void;
}

export interface ScriptedDriver {
  /** The largest number of connections it was made for. */
  readonly poolSize: number | undefined;
  readonly runs: readonly ScriptedRun[];
  readonly closed: boolean;
}

/** Drivers that do nothing until a test answers their calls. */
export interface ScriptedDrivers extends DriverModule {
  readonly made: readonly ScriptedDriver[];
}

export function scriptedDrivers(): ScriptedDrivers {
  const made: ScriptedDriver[] = [];
  return {
    made,
    toInteger: (value) => value,
    open: (_uri, _user, _password, config) => {
      const runs: ScriptedRun[] = [];
      const state = { poolSize: config.maxConnectionPoolSize, runs, closed: false };
      made.push(state);
      return driverOf(runs, () => (state.closed = true));
    },
  };
}

function driverOf(runs: ScriptedRun[], close: () => void): Driver {
  return {
    session: ({ database }) => ({
      run: (text, parameters, { timeout }) =>
        new Promise<DriverResult>((resolve, reject) => {
          const answer: ScriptedRun["answer"] = (records = []) =>
            resolve({
              records: records.map((record) => ({ toObject: () => record })),
              summary: { server: { agent: "Neo4j/5.26.30" } },
            });
          runs.push({ text, parameters, timeout, database, answer, fail: reject });
        }),
      // As the real one on a dead link: it never settles.
      close: () => new Promise(() => undefined),
    }),
    close: async () => close(),
  };
}
