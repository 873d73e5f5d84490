import type { FailureReason } from "./failureReason";
import type { Address } from "./address";

/**
 * One or two plain sentences for a person: what is wrong and what to change. Made of fixed text and the address only,
 * so that no message can show a password or what a note says.
 */
export function failureMessage(reason: FailureReason, address: Address | null): string {
  const sentences = { ...fixedSentences, ...placedSentences(address) }[reason];
  return sentences.join(" ");
}

function placedSentences(address: Address | null) {
  const where = address === null ? "the given address" : address.text;
  const database = address === null ? "The database" : `The database "${address.database}"`;
  return {
    away: [`Neo4j does not answer at ${where}.`, hintFor(address)],
    "unknown-host": [`The host of ${where} cannot be found.`, "Check the address and the network."],
    "no-connection": [`No connection to ${where} could be made in time.`, hintFor(address)],
    "no-answer": [`Neo4j at ${where} did not answer in time.`, "The connection is given up and made anew."],
    "tls-handshake": [
      `The server at ${where} refused an encrypted connection.`,
      'If it does not use TLS, write bolt:// or neo4j:// without "+s".',
    ],
    "database-away": [`${database} is not available on the server at the moment.`],
    "not-connected": [`There is no connection to ${where} yet.`],
    "other-target": [
      `${database} was emptied or replaced since the connection was made.`,
      "It gets everything again after connecting anew.",
    ],
    http: [
      `There is HTTP at ${where}, which the browser interface uses.`,
      "Use the Bolt address, usually port 7687, such as bolt://localhost:7687.",
    ],
    "not-bolt": [`Something other than Neo4j answers at ${where}.`, "Use the Bolt address, usually port 7687."],
    certificate: [
      `The certificate of the server at ${where} is not trusted by this system.`,
      "Install a valid certificate, or use bolt:// on a network that you trust.",
    ],
    database: [`${database} cannot be used: the server has none of this name for data.`, 'The usual name is "neo4j".'],
    "read-only": [
      `${database} is read-only on this server.`,
      "In a cluster use the neo4j:// scheme; else choose a database that can be written to.",
    ],
    "duplicates-in-database": [
      `${database} already holds several nodes with one key under a label that Canvas Engram uses`,
      "(Vault, Canvas, CanvasNode, Note, Concept, LearningEvent).",
      "Use another database, or remove the duplicates.",
    ],
    "other-level": [
      `Another device chose later, or more strictly, how much ${where} may hold of this vault.`,
      "The settings of this vault have to say the same, by syncing or by hand; a choice that is made now replaces the old one.",
    ],
    "schema-conflict": [
      `${database} already has an index where Canvas Engram needs a uniqueness constraint.`,
      "Use another database, or drop that index.",
    ],
  } as const;
}

function hintFor(address: Address | null): string {
  if (address?.port === 7474 || address?.port === 7473) {
    return `Port ${address.port} is usually the HTTP interface; the Bolt port is usually 7687.`;
  }
  const running = "Is the server running, are host and port right (usually 7687)";
  return address?.encrypted === true
    ? `${running}, and does it use a certificate that this system trusts?`
    : `${running}, and if it demands TLS (Aura does), is the scheme neo4j+s?`;
}

const fixedSentences = {
  stopped: ["The connection was closed before Neo4j answered."],
  contention: ["Neo4j asked for the transaction to be repeated, because another one was in its way."],
  "rate-limit": ["Neo4j refuses to log in for some seconds after several wrong passwords."],
  "too-big": ["The batch was too big for Neo4j's time or memory limit."],
  // Each host says by itself where the two are given.
  password: ["Neo4j refused the user name or password.", "Nothing is tried again before they are corrected."],
  "expired-credentials": ["The password or token has expired.", "Set a new one in Neo4j, and then give it to Canvas Engram."],
  forbidden: [
    "The Neo4j user may not do this.",
    "It needs to read, write, and create constraints and indexes in the database.",
  ],
  security: ["Neo4j refused the login.", "Check the user, the password and the server's authentication settings."],
  "trust-strategy": [
    'Addresses with "+ssc" do not work inside Obsidian.',
    "Use neo4j+s:// or bolt+s:// with a certificate that this system trusts,",
    "or bolt:// on a network that you trust.",
  ],
  scheme: ["The address must begin with neo4j://, neo4j+s://, bolt:// or bolt+s://, such as bolt://localhost:7687."],
  "credentials-in-address": ["The address must not contain a user or password.", "They have fields of their own."],
  address: ["The address is not complete.", "It looks like bolt://localhost:7687."],
  port: ["The port must be a number from 1 to 65535.", "The Bolt port is usually 7687."],
  parameters: ["Leave out what follows the question mark of the address:", "only neo4j:// takes parameters there, as name=value."],
  "old-server": ["The Neo4j server is too old.", "Version 5.23 or newer is needed."],
  statement: ["Neo4j does not accept the statement of Canvas Engram.", "Its version may not fit; please report this."],
  dropped: ["Neo4j stored fewer events or edges than it was sent.", "Nothing is counted as sent; please report this."],
  rows: ["Neo4j refused a value in this batch."],
  execution: [
    "Neo4j failed while it stored this.",
    "One cause is a text too long for an index that somebody made on a property; drop that index, or shorten the text.",
  ],
  unknown: ["Neo4j reported an error that is not known."],
} as const;
