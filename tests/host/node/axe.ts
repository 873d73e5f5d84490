import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Frame, Page } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Rules on whole pages: the page is the app's. */
const ofThePage = ["region", "page-has-heading-one", "landmark-one-main", "bypass", "document-title", "html-has-lang"];

/** What the app itself puts into our dialogs and panes. */
const ofTheApp = [".modal-close-button", ".extra-setting-button"];

/** What axe-core finds wrong inside `selector`, a line a finding; none when all is well. Throws when nothing matches. */
export async function accessibilityFaults(page: Page | Frame, selector: string, rulesOff: readonly string[] = [], rulesOn: readonly string[] = []): Promise<readonly string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  const rules: Record<string, { enabled: boolean }> = {};
  for (const rule of [...ofThePage, ...rulesOff]) rules[rule] = { enabled: false };
  for (const rule of rulesOn) rules[rule] = { enabled: true };
  const how: RunOptions = { rules, resultTypes: ["violations"] };
  const where = { include: [selector], exclude: ofTheApp };
  const { violations } = await page.evaluate(
    ([context, options]) => (Reflect.get(window, "axe") as { run(context: unknown, options: RunOptions): Promise<AxeResults> }).run(context, options),
    [where, how] as const,
  );
  return violations.flatMap(({ help, id, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)} (${node.failureSummary?.split("\n").slice(1).join(" ").trim() ?? ""})`));
}
