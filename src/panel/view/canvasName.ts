/** What people call a canvas or note: its file's name without the ending. */
export function canvasName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.(canvas|md)$/i, "");
}
