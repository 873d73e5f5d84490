import { classOfReason, type FailureReason } from "./failureReason";
import type { FailureClass } from "../../engine/index";

export interface Diagnosis {
  readonly class: FailureClass;
  readonly reason: FailureReason;
  /** The server's or driver's code, or a short name. Never a message: messages quote values and keys. */
  readonly code: string;
}

/**
 * What an error of the driver means. Decided by codes, and by the driver's own wording where it gives no code; never by
 * `instanceof`, because several copies of the driver's classes may be loaded. A server's wording is never read.
 */
export function classify(error: unknown): Diagnosis {
  const chain = causes(error);
  const coded = chain.map((link) => link.code).find((code) => code.startsWith("Neo."));
  if (coded !== undefined) return diagnosis(reasonOfServerCode(coded), coded);
  const code = chain.map((link) => link.code).find((found) => found !== "" && found !== "N/A");
  return diagnosis(reasonOfDriverError(chain), code ?? chain[0]?.name ?? "unknown");
}

interface Link {
  readonly name: string;
  readonly code: string;
  readonly message: string;
}

const longestChain = 8;

/** The error and its causes as plain data. Anything may be thrown, so nothing about it is taken for granted. */
function causes(error: unknown): readonly Link[] {
  const chain: Link[] = [];
  let current = error;
  while (typeof current === "object" && current !== null && chain.length < longestChain) {
    const { name, code, message, cause } = current as Readonly<Record<string, unknown>>;
    chain.push({ name: text(name), code: text(code), message: text(message) });
    current = cause;
  }
  return chain;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function diagnosis(reason: FailureReason, code: string): Diagnosis {
  const plain = /^[A-Za-z0-9_./ -]{1,120}$/.test(code) ? code : "unknown";
  return { class: classOfReason[reason], reason, code: plain };
}

/** First match wins, so exceptions stand before the family they belong to. */
const serverCodes: readonly (readonly [RegExp, FailureReason])[] = [
  [/^Neo\.TransientError\.General\.DatabaseUnavailable$/, "database-away"],
  [/^Neo\.TransientError\.(Cluster|Database)\./, "database-away"],
  [/^Neo\.ClientError\.Cluster\.NotALeader$/, "database-away"],
  [/^Neo\.ClientError\.Routing\./, "database-away"],
  [/^Neo\.TransientError\.General\.(MemoryPoolOutOfMemory|OutOfMemory|StackOverFlow)Error$/, "too-big"],
  [/^Neo\.TransientError\.General\.TransactionMemoryLimit$/, "too-big"],
  [/^Neo\.ClientError\.Transaction\.TransactionTimedOut/, "too-big"],
  [/^Neo\.ClientError\.Transaction\.(LockClientStopped|Terminated)$/, "contention"],
  [/^Neo\.TransientError\./, "contention"],
  [/^Neo\.ClientError\.Security\.AuthorizationExpired$/, "contention"],
  [/^Neo\.ClientError\.Security\.AuthenticationRateLimit$/, "rate-limit"],
  [/^Neo\.ClientError\.Security\.Unauthorized$/, "password"],
  [/^Neo\.ClientError\.Security\.(CredentialsExpired|TokenExpired)$/, "expired-credentials"],
  [/^Neo\.ClientError\.Security\.Forbidden$/, "forbidden"],
  [/^Neo\.ClientError\.Security\./, "security"],
  [/^Neo\.ClientError\.Database\.DatabaseNotFound$/, "database"],
  [/^Neo\.ClientError\.General\.(ForbiddenOnReadOnlyDatabase|WriteOnReadOnlyAccessDatabase)$/, "read-only"],
  [/^Neo\.\w+\.Schema\.ConstraintCreationFailed$/, "duplicates-in-database"],
  // Another device made the same rule at the same moment: with IF NOT EXISTS a second try finds it.
  [/^Neo\.ClientError\.Schema\.(EquivalentSchemaRule|Constraint|ConstraintWithName)AlreadyExists$/, "contention"],
  [/^Neo\.ClientError\.Schema\.(Index|IndexWithName)AlreadyExists$/, "schema-conflict"],
  [/^Neo\.ClientError\.Statement\.(SyntaxError|ParameterMissing|AccessMode)$/, "statement"],
  [/^Neo\.ClientError\.Procedure\.ProcedureNotFound$/, "statement"],
  [/^Neo\.ClientError\.Schema\.(ConstraintValidationFailed|TokenNameError)$/, "rows"],
  [/^Neo\.ClientError\.Statement\.(TypeError|ArgumentError|ArithmeticError|EntityNotFound|SemanticError)$/, "rows"],
  [/^Neo\.ClientError\.Request\.Invalid/, "rows"],
  // A value too large for an index ends so, but so does any fault of the server's own: this code alone blames nothing.
  [/^Neo\.DatabaseError\.Statement\.ExecutionFailed$/, "execution"],
];

function reasonOfServerCode(code: string): FailureReason {
  return firstMatch(serverCodes, code) ?? "unknown";
}

/** The driver's own wording, in which it names no value of ours. */
const driverMessages: readonly (readonly [RegExp, FailureReason])[] = [
  [/Server responded HTTP/, "http"],
  [/Unknown Bolt protocol/, "not-bolt"],
  [/Unknown scheme/, "scheme"],
  [/Illegal host|Parameters are not supported/, "address"],
  [/only supports one (trust )?strategy|trust strategy/i, "trust-strategy"],
  [/certificate is not trusted|certificate has expired|self.signed certificate|certificate's altnames/i, "certificate"],
  [/before secure TLS connection|wrong version number|EPROTO/, "tls-handshake"],
  [/ENOTFOUND|EAI_AGAIN/, "unknown-host"],
  [/acquisition timed out/, "no-connection"],
  [/Pool is closed/, "stopped"],
  [/Unable to pack/, "rows"],
];

function reasonOfDriverError(chain: readonly Link[]): FailureReason {
  const said = firstMatch(driverMessages, chain.map((link) => link.message).join("\n"));
  if (said !== undefined) return said;
  if (chain.some((link) => link.code === "ServiceUnavailable" || link.code === "SessionExpired")) return "away";
  // Packing a value that no parameter can hold fails with one of these before anything is sent.
  if (chain.some((link) => link.code === "ProtocolError" || link.name === "TypeError")) return "rows";
  return "unknown";
}

function firstMatch(table: readonly (readonly [RegExp, FailureReason])[], subject: string): FailureReason | undefined {
  return table.find(([pattern]) => pattern.test(subject))?.[1];
}
