import type { Menu } from "obsidian";
import { reported } from "./reported";

const SECTION = "canvas-engram";

export type AddMenuItem = (title: string, icon: string, run: () => Promise<void> | void) => void;

/** Adds to a menu in the section of this plugin; what fails is told. */
export function sectionOf(menu: Menu): AddMenuItem {
  return (title, icon, run) => {
    menu.addItem((item) => item.setTitle(title).setIcon(icon).setSection(SECTION).onClick(() => void reported(run)));
  };
}
