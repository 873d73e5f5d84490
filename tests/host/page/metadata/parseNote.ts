import { readFrontMatter } from "./frontMatter";

export interface CachedMetadata {
  frontmatter?: Record<string, unknown>;
  headings?: { heading: string; level: number }[];
  links?: { link: string; original: string }[];
  tags?: { tag: string }[];
}

/** The parts of a note's metadata that this host has; positions are missing. */
export function parseNote(text: string): CachedMetadata {
  const frontmatter = readFrontMatter(text);
  const headings = [...text.matchAll(/^(#{1,6}) +(.+)$/gm)].map((match) => ({
    heading: (match[2] ?? "").trim(),
    level: (match[1] ?? "").length,
  }));
  const links = [...text.matchAll(/\[\[([^\]|]+)(?:\|[^\]]*)?\]\]/g)].map((match) => ({
    link: match[1] ?? "",
    original: match[0],
  }));
  const tags = [...text.matchAll(/(?:^|\s)(#[\p{L}\p{N}_/-]+)/gu)].map((match) => ({ tag: match[1] ?? "" }));
  return {
    ...(frontmatter === undefined ? {} : { frontmatter }),
    ...(headings.length === 0 ? {} : { headings }),
    ...(links.length === 0 ? {} : { links }),
    ...(tags.length === 0 ? {} : { tags }),
  };
}
