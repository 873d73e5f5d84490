import type { FileProblem } from "../../canvas/document";
import { parseCanvas } from "../../canvas/parseCanvas";
import type { LocalGraph } from "../../graph/localGraph";
import type { VaultPort } from "./vaultPort";

/** What is wrong with canvases now. Only files are read that were not taken in whole, as damaged ones never are. */
export async function findProblems(files: VaultPort, graph: LocalGraph): Promise<readonly FileProblem[]> {
  const listing = await files.list();
  const problems: FileProblem[] = listing.unreadable.map(({ path, reason }) => ({ path, line: null, column: null, reason }));
  for (const { path, mtime, size } of listing.canvases) {
    const stamp = graph.stamp(path);
    if (stamp === null || stamp.size !== size || stamp.mtime !== mtime) {
      problems.push(...(await problemsOf(files, graph, path)));
    }
  }
  return problems;
}

async function problemsOf(files: VaultPort, graph: LocalGraph, path: string): Promise<readonly FileProblem[]> {
  const file = await files.readCanvas(path);
  if (file.kind === "missing") return [];
  if (file.kind === "unreadable") return [{ path, line: null, column: null, reason: file.reason }];
  const parsed = parseCanvas(path, file.content);
  if (parsed.kind === "document") return parsed.problems;
  if (parsed.kind === "unreadable") return [parsed.problem];
  const known = graph.canvasByPath(path);
  return known !== null && known.nodes > 0 ? [blankProblem(path, known.nodes)] : [];
}

/** A file that lost everything it had. */
export function blankProblem(path: string, nodes: number): FileProblem {
  const reason = `the file is empty although its last good version has ${nodes} ${nodes === 1 ? "node" : "nodes"}; the last good version is kept`;
  return { path, line: 1, column: 1, reason };
}
