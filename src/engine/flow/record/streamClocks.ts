/**
 * The last clock of each stream: a canvas, a note or a concept. Clocks are taken before the journal has the events, so
 * two records made in one breath on one canvas still get increasing clocks. A failed append leaves a harmless gap.
 */
export class StreamClocks {
  private readonly taken = new Map<string, string>();

  constructor(private readonly known: (stream: string) => string | null) {}

  last(stream: string): string | null {
    const known = this.known(stream);
    const taken = this.taken.get(stream) ?? null;
    if (known === null || taken === null) return known ?? taken;
    // What the graph has caught up with need not be kept here as well.
    if (known >= taken) this.taken.delete(stream);
    return known > taken ? known : taken;
  }

  take(stream: string, hlc: string): void {
    this.taken.set(stream, hlc);
  }
}
