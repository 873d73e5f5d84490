import ts from "typescript";
import { describe, expect, it } from "vitest";
import { sourceFiles } from "../../architecture/sourceFiles";

/** What shows its first argument to people, by the name of what is called. */
const showing = new Set([
  "setText",
  "setName",
  "setDesc",
  "setTitle",
  "setButtonText",
  "setTooltip",
  "setPlaceholder",
  "setErrorMessage",
  "setMessage",
  "setHeading",
  "appendText",
  "addRibbonIcon",
  "addOption",
  "addCancelButton",
  "createEl",
  "createDiv",
  "createSpan",
  "Notice",
  "Notification",
]);

/** Members of objects, and names of attributes, whose value people see or hear. */
const shown = new Set(["text", "title", "name", "desc", "description", "label", "placeholder", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "alt", "tooltip"]);

/** Texts with letters that reach people without being looked up in the language spoken. */
function hardCoded(path: string, text: string): readonly string[] {
  const source = ts.createSourceFile(`${path}.ts`, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const note = (node: ts.Node, where: string): void => {
    for (const literal of literalsOf(node)) {
      if (/\p{L}/u.test(literal) && !isNoWord(literal, where)) found.push(`${path}: ${where} ${JSON.stringify(literal)}`);
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) noteCall(node, note);
    if (ts.isPropertyAssignment(node)) {
      const name = ts.isIdentifier(node.name) || ts.isStringLiteral(node.name) ? node.name.text : "";
      if (shown.has(name)) note(node.initializer, name);
    }
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isPropertyAccessExpression(node.left)) {
      const name = node.left.name.text;
      if (["textContent", "innerText", "ariaLabel", "title", "placeholder"].includes(name)) note(node.right, name);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function noteCall(node: ts.CallExpression | ts.NewExpression, note: (node: ts.Node, where: string) => void): void {
  const called = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : ts.isIdentifier(node.expression) ? node.expression.text : "";
  const given = node.arguments ?? [];
  if (called === "setAttribute" || called === "setAttr") {
    const at = given.findIndex((one) => ts.isStringLiteral(one) && shown.has(one.text));
    const value = given[at + 1];
    if (at !== -1 && value !== undefined) note(value, called);
    return;
  }
  if (!showing.has(called)) return;
  // The first argument of what makes elements is a tag or classes, and of an option or icon its key.
  const skipped = called === "createEl" || called === "createDiv" || called === "createSpan" ? given.length : called === "addOption" || called === "addRibbonIcon" ? 1 : 0;
  const isHelper = called === "setText" && ts.isIdentifier(node.expression);
  for (const one of given.slice(isHelper ? 1 : skipped, (isHelper ? 1 : skipped) + 1)) note(one, called);
}

/** Addresses and what Neo4j calls something are the same in every language; a `name` in small letters is the code's own. */
function isNoWord(literal: string, where: string): boolean {
  return /^[a-z]+:\/\//.test(literal) || (where === "placeholder" && /^neo4j\b/.test(literal)) || (where === "name" && /^[a-z][a-z\d-]*$/.test(literal));
}

function literalsOf(node: ts.Node): readonly string[] {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
  if (ts.isConditionalExpression(node)) return [...literalsOf(node.whenTrue), ...literalsOf(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return [...literalsOf(node.left), ...literalsOf(node.right)];
  if (ts.isParenthesizedExpression(node)) return literalsOf(node.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(literalsOf);
  return [];
}

describe("texts that people see", () => {
  it("are looked up in the language spoken, and none stands in the code", () => {
    const files = sourceFiles("src").filter(({ path }) => /^src\/(panel|adapters\/obsidian|compose|main)/.test(path) && !path.startsWith("src/panel/text/"));
    expect(files.length).toBeGreaterThan(80);
    expect(files.flatMap(({ path, text }) => hardCoded(path, text))).toEqual([]);
  });

  it.each([
    'new Notice("Done");',
    "new Notice(`Read ${count} canvases`);",
    'setting.setName(isOn ? "On" : words.off);',
    'root.createEl("p", { text: "Hello" });',
    'root.createDiv({ attr: { "aria-label": "Close" } });',
    'setText(element, "All saved");',
    'element.setText("All saved");',
    'setAttribute(element, "aria-label", "Close");',
    'element.setAttribute("title", "Close");',
    'element.textContent = count + " left";',
    'plugin.addRibbonIcon("brain", "Open");',
    'const row = { label: "Retry", action };',
  ])("are found where they stand in the code: %s", (code) => {
    expect(hardCoded("a", code)).not.toEqual([]);
  });

  it.each([
    "new Notice(fill(words.done, { count }));",
    'root.createEl("p", { cls: "canvas-engram-row", text: words.none });',
    'setAttribute(element, "data-tone", "warn");',
    'plugin.addRibbonIcon("brain", strings.title);',
    'dropdown.addOption("", words.none);',
    'const joined = { text: `${a}: ${b}` };',
  ])("are not seen where there are none: %s", (code) => {
    expect(hardCoded("a", code)).toEqual([]);
  });
});
