const variable = /(\\?)\{\{([^{}]*)\}\}/g;
const plainName = /^[a-z][a-z0-9_-]{0,39}$/i;

/** The names of the variables of a text, as they stand there. */
export function variablesOf(text: string): readonly string[] {
  return [...text.matchAll(variable)].flatMap(([, escape, name = ""]) => (escape === "" ? [name.trim()] : []));
}

export function isVariableName(name: string): boolean {
  return plainName.test(name);
}

/**
 * The text with each variable replaced by what `valueOf` says. Values are put in as they are and not looked at again:
 * one that holds a variable itself is a text like any other.
 */
export function filledText(text: string, valueOf: (name: string) => string): string {
  return text.replace(variable, (found: string, escape: string, name: string) =>
    escape === "" ? valueOf(name.trim()) : found.slice(1),
  );
}

/** A text that `filledText` makes `text` of, whatever it holds. */
export function literalText(text: string): string {
  return text.replace(/\{\{[^{}]*\}\}/g, (found) => `\\${found}`);
}
