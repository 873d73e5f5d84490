import { isJsonObject, type JsonObject } from "../../kernel/json";

/** What one domain, such as a store, a host or a folder, may bear. */
export interface DomainLimit {
  /** Batches of it under way at once, 1–50. */
  readonly concurrency: number;
  /** Batches of it that start in a second in the long run, 0.01–1,000; null: no limit of that kind. */
  readonly rps: number | null;
  /** Batches of it that may start at once after a rest, 1–1,000. */
  readonly burst: number;
}

/** By the name of the domain. A domain that is not named has no limits of its own. */
export type DomainLimits = Readonly<Record<string, DomainLimit>>;

export type ReadDomainLimits =
  | { readonly kind: "limits"; readonly limits: DomainLimits }
  /** One plain sentence that names the domain, the field and its range. */
  | { readonly kind: "invalid"; readonly message: string };

export const noDomainLimits: DomainLimits = {};

const ranges = {
  concurrency: { least: 1, most: 50, whole: true },
  rps: { least: 0.01, most: 1_000, whole: false },
  burst: { least: 1, most: 1_000, whole: true },
} as const;

type Field = keyof typeof ranges;

const fields = Object.keys(ranges) as readonly Field[];

/**
 * Limits as a person or a file writes them: `{domain: {concurrency?, rps?, burst?}}`. What is left out does not limit;
 * a burst that is left out is one second's worth of the rate.
 */
export function readDomainLimits(value: unknown): ReadDomainLimits {
  if (!isJsonObject(value)) return invalid("limits must be an object with one entry for each domain");
  const limits: [string, DomainLimit][] = [];
  for (const [domain, entry] of Object.entries(value)) {
    const fault = domainFault(domain, entry);
    if (fault !== null) return invalid(fault);
    if (isJsonObject(entry)) limits.push([domain, limitFrom(entry)]);
  }
  return { kind: "limits", limits: Object.fromEntries(limits) };
}

/** The limits of one domain; null when it has none. */
export function limitOf(limits: DomainLimits, domain: string): DomainLimit | null {
  return Object.hasOwn(limits, domain) ? (limits[domain] ?? null) : null;
}

function domainFault(domain: string, entry: unknown): string | null {
  if (domain.trim() === "") return "a domain needs a name";
  if (!isJsonObject(entry)) return `the limits of ${domain} must be an object with ${fields.join(", ")}`;
  for (const name of Object.keys(entry)) {
    if (!fields.some((field) => field === name)) return `${domain} has no limit ${name}; the limits are ${fields.join(", ")}`;
  }
  for (const field of fields) {
    const fault = fieldFault(domain, field, entry[field]);
    if (fault !== null) return fault;
  }
  if (entry["rps"] === undefined && entry["burst"] !== undefined) return `the burst of ${domain} needs an rps beside it`;
  return null;
}

function fieldFault(domain: string, field: Field, value: unknown): string | null {
  if (value === undefined) return null;
  const { least, most, whole } = ranges[field];
  const fits = typeof value === "number" && value >= least && value <= most && (!whole || Number.isInteger(value));
  if (fits) return null;
  const kind = whole ? "a whole number" : "a number";
  return `expected ${field} of ${domain} to be ${kind} from ${least} to ${most}, got ${shown(value)}`;
}

// Only what `domainFault` let pass comes here.
function limitFrom(entry: JsonObject): DomainLimit {
  const number = (field: Field): number | null => {
    const value = entry[field];
    return typeof value === "number" ? value : null;
  };
  const rps = number("rps");
  return {
    concurrency: number("concurrency") ?? ranges.concurrency.most,
    rps,
    burst: number("burst") ?? Math.max(1, Math.ceil(rps ?? 1)),
  };
}

function shown(value: unknown): string {
  return typeof value === "number" ? String(value) : (JSON.stringify(value)?.slice(0, 40) ?? typeof value);
}

function invalid(message: string): ReadDomainLimits {
  return { kind: "invalid", message };
}
