import type { Page } from "playwright-core";
import type { Surroundings } from "./keptPictures";

const sizes = ["smaller", "small", "medium", "large"];
const weights = [400, 500, 600];

/** A text in the fonts of the panel, as a picture and as widths: both tell whether pictures of this machine can be compared with others. */
export async function textSample(page: Page): Promise<{ readonly picture: Buffer; readonly surroundings: Surroundings }> {
  await page.setViewportSize({ width: 300, height: 400 });
  const textWidths = await page.evaluate(
    ([names, heavy]) => {
      const add = (css: string): HTMLElement => {
        const line = document.body.appendChild(document.createElement("span"));
        line.style.cssText = `display: table; ${css}`;
        line.textContent = "Saved here, 1,204 waiting – Ägypten…";
        return line;
      };
      const lines = names.flatMap((name) => heavy.map((weight) => add(`font-size: var(--font-ui-${name}); font-weight: ${weight};`)));
      const mono = add("font-family: var(--font-monospace);");
      const round = add("border: 1px solid var(--color-red); border-radius: 8px; background: linear-gradient(var(--color-green), var(--color-cyan));");
      return [...lines, mono, round].map((line) => Math.round(line.getBoundingClientRect().width * 100));
    },
    [sizes, weights] as const,
  );
  const picture = await page.screenshot({ animations: "disabled" });
  await page.evaluate(() => document.body.replaceChildren());
  const version = page.context().browser()?.version() ?? "";
  return { picture, surroundings: { chromium: Number.parseInt(version, 10), textWidths } };
}
