import { createWebhookPost } from "../../../src/adapters/system/webhookPost";
import { webhookPostContract } from "../../contracts/webhookPost";

webhookPostContract("Node's fetch", () => createWebhookPost(fetch));
