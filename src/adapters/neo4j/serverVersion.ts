/**
 * Whether a server of this agent text (such as `Neo4j/5.26.30` or `Neo4j/2025.06.0`) understands the write statement,
 * which uses `CALL () { … }`: 5.23 brought it. An agent that does not look like Neo4j is let through: the statement
 * itself will tell.
 */
export function isSupportedServer(agent: string): boolean {
  const version = /^Neo4j\/(\d+)\.(\d+)/.exec(agent);
  if (version === null) return true;
  const major = Number(version[1]);
  return major > 5 || (major === 5 && Number(version[2]) >= 23);
}
