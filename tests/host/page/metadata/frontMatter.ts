import { parse } from "yaml";

export interface FrontMatterInfo {
  exists: boolean;
  frontmatter: string;
  from: number;
  to: number;
  contentStart: number;
}

/** The block between `---` lines at the very beginning. */
export function getFrontMatterInfo(content: string): FrontMatterInfo {
  const match = /^---[ \t]*\r?\n([\s\S]*?\r?\n)??---[ \t]*(?:\r?\n|$)/.exec(content);
  if (match === null) return { exists: false, frontmatter: "", from: 0, to: 0, contentStart: 0 };
  const from = content.indexOf("\n") + 1;
  const frontmatter = match[1] ?? "";
  return { exists: true, frontmatter, from, to: from + frontmatter.length, contentStart: match[0].length };
}

/** The properties, or undefined where there are none or they are no YAML object. */
export function readFrontMatter(content: string): Record<string, unknown> | undefined {
  const info = getFrontMatterInfo(content);
  if (!info.exists) return undefined;
  try {
    const value: unknown = parse(info.frontmatter);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
