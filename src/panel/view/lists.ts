import type { FileProblem } from "../../engine/index";
import type { Format } from "../text/format";
import type { Row, RowList } from "./panelView";
import { fill, strings } from "../text/strings";

/** Rows that a list shows; the rest is a number. */
const SHOWN = 50;

/** Files that could not be read, or only in part. Null when there are none. */
export function problemList(problems: readonly FileProblem[], format: Format): RowList | null {
  if (problems.length === 0) return null;
  return {
    title: strings.problems.title,
    rows: problems.slice(0, SHOWN).map((problem, index) => problemRow(problem, index, format)),
    more: moreText(strings.problems.more, problems.length, format),
    buttons: problems.some(isAboutVault) ? [{ label: strings.problems.gone, action: { kind: "confirm-missing" }, primary: false }] : [],
  };
}

function problemRow(problem: FileProblem, index: number, format: Format): Row {
  const { path, line, reason } = problem;
  return {
    key: `${path}\n${line ?? ""}\n${reason}\n${index}`,
    title: isAboutVault(problem) ? strings.problems.vault : path,
    place: placeText(problem, format),
    text: reason,
    buttons: [],
    open: isAboutVault(problem)
      ? null
      : { label: fill(strings.problems.open, { path }), action: { kind: "open-file", path, line } },
  };
}

/** All canvases missing at once is a problem of the vault: a person has to say whether they are deleted. */
function isAboutVault({ path }: FileProblem): boolean {
  return path === "";
}

function placeText({ line, column }: FileProblem, format: Format): string | null {
  if (line === null) return null;
  const values = { line: format.count(line), column: column === null ? "" : format.count(column) };
  return fill(column === null ? strings.problems.place : strings.problems.placeColumn, values);
}

function moreText(text: string, count: number, format: Format): string | null {
  return count > SHOWN ? fill(text, { count: format.count(count - SHOWN) }) : null;
}
