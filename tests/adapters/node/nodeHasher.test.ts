import { nodeHasher } from "../../../src/adapters/node/nodeHasher";
import { hasherContract } from "../../contracts/hasher";

hasherContract("Node's hasher", nodeHasher);
