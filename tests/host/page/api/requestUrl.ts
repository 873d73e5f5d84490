import { callNet, fromBase64, toBase64 } from "../core/bridge";

export interface RequestUrlParam {
  url: string;
  method?: string;
  contentType?: string;
  body?: string | ArrayBuffer;
  headers?: Record<string, string>;
  throw?: boolean;
}

export interface RequestUrlResponse {
  status: number;
  headers: Record<string, string>;
  arrayBuffer: ArrayBuffer;
  text: string;
  json: unknown;
}

type ResponsePromise = Promise<RequestUrlResponse> & {
  arrayBuffer: Promise<ArrayBuffer>;
  text: Promise<string>;
  json: Promise<unknown>;
};

/** No origin rules, no abort, no time limit. Rejects on status 400 and above unless `throw: false`. */
export function requestUrl(request: RequestUrlParam | string): ResponsePromise {
  const response = perform(typeof request === "string" ? { url: request } : request);
  // The three views reject with the response; whoever ignores a view must not see an unhandled rejection for it.
  const view = <T>(pick: (response: RequestUrlResponse) => T): Promise<T> => {
    const picked = response.then(pick);
    picked.catch(() => undefined);
    return picked;
  };
  return Object.assign(response, {
    arrayBuffer: view((one) => one.arrayBuffer),
    text: view((one) => one.text),
    json: view((one) => one.json),
  });
}

export async function request(param: RequestUrlParam | string): Promise<string> {
  return (await requestUrl(param)).text;
}

async function perform(param: RequestUrlParam): Promise<RequestUrlResponse> {
  const reply = await callNet({
    url: param.url,
    method: param.method ?? (param.body === undefined ? "GET" : "POST"),
    headers: { ...param.headers, ...(param.contentType === undefined ? {} : { "content-type": param.contentType }) },
    body: param.body === undefined ? null : toBase64(bytesOf(param.body)),
  });
  if (!reply.ok) throw new Error(`net::ERR_FAILED ${reply.message}`);
  if (reply.status >= 400 && param.throw !== false) {
    throw Object.assign(new Error(`Request failed, status ${reply.status}`), {
      status: reply.status,
      headers: reply.headers,
    });
  }
  const arrayBuffer = fromBase64(reply.body);
  const text = new TextDecoder().decode(arrayBuffer);
  return {
    status: reply.status,
    headers: reply.headers,
    arrayBuffer,
    text,
    get json(): unknown {
      return JSON.parse(text) as unknown;
    },
  };
}

function bytesOf(body: string | ArrayBuffer): ArrayBuffer {
  return typeof body === "string" ? new TextEncoder().encode(body).buffer : body;
}
