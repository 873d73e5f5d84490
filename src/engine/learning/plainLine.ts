const rule = /^(?:[-*_=~`]\s*){3,}$/;
const fence = /^(?:```|~~~)/;
// Quotes, callouts, headings, list items and check boxes, in any nesting.
const blockMarks =
  /^(?:\s*(?:>(?:\s*\[![^\]]*\][+-]?)?|#{1,6}(?=\s|$)|(?:[-*+]|\d{1,9}[.)])(?:\s+\[[^\]]\])?(?=\s|$)))+/;
const blockId = /\s\^[A-Za-z0-9-]+$/;
const inlineMark = /[[\]*_~=`%\\]/;

/**
 * A line of Markdown as a person reads it: without block marks, emphasis, code and link syntax. Empty for lines that
 * are only marks (rules, fences). The result is part of event ids: changing it changes what counts as the same event.
 */
export function plainLine(line: string): string {
  const text = line.trim();
  if (rule.test(text) || fence.test(text)) return "";
  const content = text.replace(blockMarks, "").replace(blockId, "").trim();
  return inlineMark.test(content) ? withoutInlineMarks(content).trim() : content;
}

function withoutInlineMarks(text: string): string {
  return withoutEmphasis(
    text
      .replace(/%%.*?%%/g, "")
      .replace(/!?\[\[([^\]|]*)(?:\|([^\]]*))?\]\]/g, (_, target: string, alias?: string) => alias ?? target)
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1"),
  )
    .replace(/`+/g, "")
    .replace(/\\([!-/:-@[-`{-~])/g, "$1");
}

// Marks nest, and one pass takes the outer pair away.
function withoutEmphasis(text: string): string {
  let plain = text;
  for (let pass = 0; pass < 3; pass += 1) {
    const next = plain
      .replace(/(^|[^\\*])(\*{1,3})(?=[^\s*])(.*?[^\s\\*])\2(?!\*)/g, "$1$3")
      .replace(/(^|[^\\\p{L}\p{N}_])(_{1,3})(?=[^\s_])(.*?[^\s\\_])\2(?![\p{L}\p{N}_])/gu, "$1$3")
      .replace(/(^|[^\\])(~~|==)(?=\S)(.*?\S)\2/g, "$1$3");
    if (next === plain) break;
    plain = next;
  }
  return plain;
}
