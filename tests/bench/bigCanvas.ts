/** A canvas in Obsidian's own layout: `size` text cards of about 200 characters and `size` arrows. */
export function bigCanvasText(size: number, change: (node: Record<string, unknown>, index: number) => void = () => undefined): string {
  const words = "light energy carbon water sugar leaf cell membrane proton gradient ".repeat(3);
  const nodes = Array.from({ length: size }, (_, index) => {
    const node: Record<string, unknown> = {
      id: idOf(index),
      type: "text",
      text: `# Card ${index}\n${words.slice(0, 180 + (index % 20))}`,
      x: (index % 100) * 300,
      y: Math.floor(index / 100) * 120,
      width: 250,
      height: 60,
      color: String((index % 6) + 1),
    };
    change(node, index);
    return node;
  });
  const edges = nodes.map((node, index) => ({
    id: `e${idOf(index)}`,
    fromNode: node["id"],
    fromSide: "right",
    toNode: idOf((index + 1) % size),
    toSide: "left",
  }));
  const lines = (entries: readonly object[]): string => entries.map((entry) => `\t\t${JSON.stringify(entry)}`).join(",\n");
  return `{\n\t"nodes":[\n${lines(nodes)}\n\t],\n\t"edges":[\n${lines(edges)}\n\t]\n}`;
}

function idOf(index: number): string {
  return (index * 2_654_435_761).toString(16).padStart(16, "0").slice(-16);
}
