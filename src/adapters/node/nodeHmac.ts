import { createHmac } from "node:crypto";
import type { HmacSha256 } from "../../engine/index";

/** HMAC-SHA-256 with Node's own functions. */
export const nodeHmac: HmacSha256 = (key, message) => createHmac("sha256", key).update(message).digest("hex");
