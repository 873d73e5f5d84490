import type { Win } from "./define";
import { installElement } from "./element";
import { installGlobals } from "./globals";
import { installHtmlElement } from "./htmlElement";
import { installLanguage } from "./language";
import { installNode } from "./node";

/** The helpers that Obsidian puts on the prototypes of the DOM and of the language, for one window. */
export function installDom(win: Win): void {
  installNode(win);
  installElement(win);
  installHtmlElement(win);
  installGlobals(win);
  installLanguage(win);
}
