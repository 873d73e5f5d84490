import neo4j, { type Driver } from "neo4j-driver";
import type { TestServer } from "./testServer";

export type Row = Readonly<Record<string, unknown>>;

/** Looks into the database beside the store under test. */
export interface Cypher {
  run(text: string, parameters?: object): Promise<readonly Row[]>;
  close(): Promise<void>;
}

export function openCypher(server: TestServer): Cypher {
  const driver: Driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password), {
    disableLosslessIntegers: true,
  });
  return {
    async run(text, parameters = {}) {
      const session = driver.session({ database: "neo4j" });
      try {
        return (await session.run(text, parameters)).records.map((record) => record.toObject());
      } finally {
        await session.close();
      }
    },
    close: () => driver.close(),
  };
}
