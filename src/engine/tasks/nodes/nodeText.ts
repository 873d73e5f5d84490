/** What stands on a canvas about one card or connection, as a generator needs it. Texts are as the user wrote them. */
export interface NodeText {
  readonly canvas: string;
  /** What it is about, in one line. */
  readonly title: string;
  /** Its own text; of a connection, both ends and what stands on it. */
  readonly text: string;
  /** The note behind a card that shows one; null where there is none. */
  readonly note: { readonly path: string; readonly text: string } | null;
  readonly neighbours: readonly Neighbour[];
}

export interface Neighbour {
  readonly text: string;
  /** What stands on the connection; null where nothing does. */
  readonly label: string | null;
  readonly direction: "to" | "from";
}

/** Characters of one text that go to a model. More would fill what a small model can hold and push out the question. */
const TEXT_LIMIT = 4_000;
const NOTE_LIMIT = 8_000;
const NEIGHBOUR_LIMIT = 400;
const NEIGHBOURS = 20;

/** The same, as much of it as is sent. */
export function limitedText({ neighbours, note, text, ...rest }: NodeText): NodeText {
  return {
    ...rest,
    text: cut(text, TEXT_LIMIT),
    note: note === null ? null : { ...note, text: cut(note.text, NOTE_LIMIT) },
    neighbours: neighbours.slice(0, NEIGHBOURS).map((one) => ({ ...one, text: cut(one.text, NEIGHBOUR_LIMIT) })),
  };
}

export function neighbourLines(neighbours: readonly Neighbour[]): readonly string[] {
  return neighbours.map(({ direction, label, text }) => {
    const arrow = direction === "to" ? "→" : "←";
    return `- ${arrow} ${label === null ? "" : `(${oneLine(label)}) `}${oneLine(text)}`;
  });
}

export function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}

/** Never cuts a character in two. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(limit - 1)) ? limit - 1 : limit;
  return `${text.slice(0, end)}…`;
}
