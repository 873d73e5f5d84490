import { nobleHmac } from "../../../src/adapters/system/nobleHmac";
import { hmacContract } from "../../contracts/hmac";

hmacContract("the plugin's HMAC", nobleHmac);
