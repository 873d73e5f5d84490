/** The short names that stand for five fields. */
export const cronAliases: Readonly<Record<string, string>> = {
  "@hourly": "0 * * * *",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@weekly": "0 0 * * 0",
  "@monthly": "0 0 1 * *",
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
};

/** What an expression consists of: an alias is replaced by what it stands for. Any number of fields. */
export function cronFields(expression: string): readonly string[] {
  const text = expression.trim();
  const alias = text.toLowerCase();
  const written = Object.hasOwn(cronAliases, alias) ? (cronAliases[alias] ?? text) : text;
  return written.split(/\s+/).filter((field) => field !== "");
}
