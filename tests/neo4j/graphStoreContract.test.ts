import { afterAll, describe } from "vitest";
import { defaultPrivacy } from "../../src/engine/index";
import { graphStoreContract, type GraphStoreHarness } from "../contracts/graphStore";
import { storePrivacyContract } from "../contracts/storePrivacy";
import { openCypher } from "./cypher";
import { openStore } from "./openStore";
import { testServer } from "./testServer";
import { readVault } from "./vaultSnapshot";

const server = await testServer();

describe.skipIf(server === null)("on a real server", () => {
  if (server === null) return;
  const cypher = openCypher(server);

  afterAll(() => cypher.close());

  const setUp = async (): Promise<GraphStoreHarness> => ({
    open: async (vault, privacy = defaultPrivacy) => openStore(server, vault, { privacy }),
    snapshot: (vault) => readVault(cypher, vault),
    wipe: async (vault) => {
      await cypher.run("MATCH (n) WHERE n.vault = $vault OR (n:Vault AND n.id = $vault) DETACH DELETE n", { vault });
    },
    close: async () => undefined,
  });
  graphStoreContract("in Neo4j", setUp);
  storePrivacyContract("in Neo4j", setUp);
});
