/** Epoch milliseconds as ISO 8601 text in UTC, which every spreadsheet reads; the number itself where no date has it. */
export function isoText(at: number): string | number {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? at : date.toISOString();
}
