import type { DomainLimit, DomainLimits } from "../engine/index";
import { readDomainLimits } from "../engine/index";

export type ReadLimitLines =
  | { readonly kind: "limits"; readonly limits: DomainLimits }
  /** What is wrong and what to write, in one sentence. */
  | { readonly kind: "invalid"; readonly message: string };

/** Limits as a form shows them, one domain a line, such as `neo4j concurrency=4 rps=10 burst=20`. */
export function limitLines(limits: DomainLimits): string {
  return Object.entries(limits).map(([domain, limit]) => `${domain} ${limitText(limit)}`).join("\n");
}

export function readLimitLines(text: string): ReadLimitLines {
  const entries: [string, Record<string, number | string>][] = [];
  for (const line of text.split("\n").map((one) => one.trim())) {
    if (line === "") continue;
    const entry = readLine(line);
    if (entry === null) return invalid("Write one domain a line, such as neo4j concurrency=4 rps=10 burst=20.");
    if (entries.some(([domain]) => domain === entry[0])) return invalid(`Write ${entry[0]} in one line only.`);
    entries.push(entry);
  }
  const read = readDomainLimits(Object.fromEntries(entries));
  return read.kind === "limits" ? read : invalid(sentence(read.message));
}

// A domain may hold spaces, as a folder does; the limits are what stands at the end.
function readLine(line: string): [string, Record<string, number | string>] | null {
  const match = /^(.*?)((?:\s+\w+=\S*)+)$/.exec(line);
  const [, domain = "", tail = ""] = match ?? [];
  if (domain.trim() === "") return null;
  const fields = tail.trim().split(/\s+/).map((part): [string, number | string] => {
    const [name = "", value = ""] = part.split("=");
    return [name, value !== "" && Number.isFinite(Number(value)) ? Number(value) : value];
  });
  return [domain, Object.fromEntries(fields)];
}

function limitText({ concurrency, rps, burst }: DomainLimit): string {
  return `concurrency=${concurrency}${rps === null ? "" : ` rps=${rps} burst=${burst}`}`;
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

function invalid(message: string): ReadLimitLines {
  return { kind: "invalid", message };
}
