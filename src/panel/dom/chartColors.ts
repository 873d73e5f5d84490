/** What a chart is drawn with, as the theme says at this moment. */
export interface ChartColors {
  readonly text: string;
  readonly grid: string;
  readonly font: string;
}

/** A canvas knows no variables of CSS, so they are read where they are used: text and lines of an element. */
export function colorsOf(element: HTMLElement): ChartColors {
  const { borderTopColor, color, fontFamily, fontSize } = styleOf(element);
  return { text: color, grid: borderTopColor, font: `${Math.round(Number.parseFloat(fontSize))}px ${fontFamily}` };
}

export function colorOf(element: HTMLElement): string {
  return styleOf(element).color;
}

/** The same colour with less of it. */
export function faded(color: string, share: number): string {
  const rgb = /^rgba?\(([^,)]+),([^,)]+),([^,)]+)/.exec(color);
  if (rgb !== null) return `rgba(${rgb[1] ?? ""},${rgb[2] ?? ""},${rgb[3] ?? ""}, ${share})`;
  // Mixed colours are computed to `color(srgb r g b)`.
  const mixed = /^color\(([^)/]+)/.exec(color);
  return mixed === null ? color : `color(${(mixed[1] ?? "").trim()} / ${share})`;
}

function styleOf(element: HTMLElement): CSSStyleDeclaration {
  return element.win.getComputedStyle(element);
}
