import { nodeHmac } from "../../../src/adapters/node/nodeHmac";
import { hmacContract } from "../../contracts/hmac";

hmacContract("Node's HMAC", nodeHmac);
