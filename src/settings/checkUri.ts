const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)/i;
const schemes = ["bolt", "bolt+s", "neo4j", "neo4j+s"];
const webPorts = ["7474", "7473"];

/**
 * What is wrong with the address of a Neo4j and what to write instead, or null when the plugin can try it.
 * The message never repeats the address, which may hold a password at this point.
 */
export function checkUri(uri: string): string | null {
  const trimmed = uri.trim();
  if (trimmed === "") return "Enter an address such as bolt://localhost:7687, or neo4j+s://… for Aura.";
  const match = parts.exec(trimmed);
  if (match === null) return "Start the address with bolt:// or neo4j:// (bolt+s:// or neo4j+s:// for an encrypted one).";
  const [, scheme = "", authority = "", path = ""] = match;
  return checkScheme(scheme.toLowerCase()) ?? checkAuthority(authority) ?? checkPath(path);
}

/** Whether an address carries a user or a password, which plain-text settings must not. */
export function hasCredentials(uri: string): boolean {
  const authority = parts.exec(uri.trim())?.[2];
  return (authority ?? uri).includes("@");
}

function checkScheme(scheme: string): string | null {
  if (schemes.includes(scheme)) return null;
  if (scheme === "http" || scheme === "https") {
    return "This is the address of Neo4j's web page. Use bolt:// with the Bolt port, usually 7687.";
  }
  if (scheme.endsWith("+ssc")) {
    return "Obsidian trusts only certificates that the system trusts, so +ssc cannot work here. Use +s, or no + at all.";
  }
  return "Use one of bolt://, bolt+s://, neo4j:// and neo4j+s://.";
}

function checkAuthority(authority: string): string | null {
  if (authority.includes("@")) {
    return "Leave user and password out of the address: it is stored as plain text. They have fields of their own.";
  }
  const [, host = "", port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(authority) ?? [];
  if (host === "" || /\s/.test(host)) return "The name of the server is missing, as localhost is in bolt://localhost:7687.";
  if (port === undefined) return null;
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) return "The port must be a number from 1 to 65535.";
  if (webPorts.includes(port)) return `Port ${port} is Neo4j's web page. Bolt usually listens on 7687.`;
  return null;
}

function checkPath(path: string): string | null {
  return path === "" || path === "/" ? null : "Leave out what follows the port: the database has a field of its own.";
}
