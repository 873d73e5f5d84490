// `npm run neo4j`: a throw-away Neo4j Community for trying things out, until Ctrl-C.

import { endText } from "./childEnd.mjs";
import { launchNeo4j } from "./launch.mjs";

try {
  console.log("Starting Neo4j in a temporary folder…");
  const server = await launchNeo4j({ say: console.log });
  console.log(`
Neo4j is ready. It holds nothing yet and forgets everything when it ends.

  address   ${server.uri}
  user      ${server.user}
  password  ${server.password}
  database  neo4j

Command line:
  export NEO4J_URI=${server.uri} NEO4J_USERNAME=${server.user} NEO4J_PASSWORD=${server.password}

Press Ctrl-C to stop.`);
  let asked = false;
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => {
      asked = true;
      server.stop().catch((error) => console.error(`Neo4j could not be stopped: ${error.message}`));
    });
  }
  const end = await server.exited;
  if (!asked) throw new Error(`Neo4j ended without being asked to, with ${endText(end)}`);
  console.log("Neo4j has stopped.");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
