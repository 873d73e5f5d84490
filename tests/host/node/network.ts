import type { NetReply, NetRequest } from "../protocol";

/** The network behind `requestUrl`: no origin rules, as in the app. */
export async function fetchForPage(request: NetRequest): Promise<NetReply> {
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      ...(request.body === null ? {} : { body: Buffer.from(request.body, "base64") }),
    });
    const body = Buffer.from(await response.arrayBuffer()).toString("base64");
    return { ok: true, status: response.status, headers: Object.fromEntries(response.headers), body };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
