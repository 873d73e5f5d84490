import { ICON_SHAPES } from "./iconShapes";

const STAND_IN = '<circle cx="12" cy="12" r="8"/><path d="M12 8v4l2 2"/>';

const custom = new Map<string, string>();
const used = new Set<string>();

/** Host only: the icon names that were asked for; the host draws a stand-in for those it has no shape of. */
export function iconsUsed(): string[] {
  return [...used].sort();
}

export function addIcon(iconId: string, svgContent: string): void {
  custom.set(iconId, svgContent);
}

export function removeIcon(iconId: string): void {
  custom.delete(iconId);
}

export function getIconIds(): string[] {
  return [...Object.keys(ICON_SHAPES).map((name) => `lucide-${name}`), ...custom.keys()];
}

export function getIcon(iconId: string): SVGSVGElement | null {
  if (iconId === "") return null;
  used.add(iconId);
  const name = iconId.replace(/^lucide-/, "");
  const own = custom.get(iconId);
  const shape = own ?? ICON_SHAPES[name] ?? STAND_IN;
  const size = own === undefined ? 24 : 100;
  const text = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}">${shape}</svg>`;
  const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement as unknown as SVGSVGElement;
  svg.setAttribute("class", `svg-icon ${own === undefined ? `lucide-${name}` : iconId}`);
  return svg;
}

/** Replaces what is in `parent`; an unknown name leaves it empty. */
export function setIcon(parent: HTMLElement, iconId: string): void {
  const icon = getIcon(iconId);
  parent.querySelector(":scope > svg.svg-icon")?.remove();
  if (icon !== null) parent.insertBefore(parent.doc.adoptNode(icon), parent.firstChild);
}
