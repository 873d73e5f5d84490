import { afterAll, describe } from "vitest";
import { graphStoreContract } from "../contracts/graphStore";
import { openCypher } from "./cypher";
import { openStore } from "./openStore";
import { testServer } from "./testServer";
import { readVault } from "./vaultSnapshot";

const server = await testServer();

describe.skipIf(server === null)("on a real server", () => {
  if (server === null) return;
  const cypher = openCypher(server);

  afterAll(() => cypher.close());

  graphStoreContract("in Neo4j", async () => ({
    open: async (vault) => openStore(server, vault),
    snapshot: (vault) => readVault(cypher, vault),
    wipe: async (vault) => {
      await cypher.run("MATCH (n) WHERE n.vault = $vault OR (n:Vault AND n.id = $vault) DETACH DELETE n", { vault });
    },
    close: async () => undefined,
  }));
});
