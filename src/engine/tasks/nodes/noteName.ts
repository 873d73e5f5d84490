import { oneLine } from "./nodeText";

/** Characters of a title in a file's name. */
const LIMIT = 60;

/** A title as a part of a file's name that every system takes. */
export function noteName(title: string, otherwise: string): string {
  const clean = oneLine(title.replace(/[\\/:*?"<>|#^[\]\p{Cc}]/gu, " ")).replace(/^[. ]+/, "");
  const points = [...clean].slice(0, LIMIT).join("").replace(/[. ]+$/, "");
  return points === "" ? otherwise : points;
}

/** The last part of a path, without its ending. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
}
