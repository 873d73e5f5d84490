type Numbers = Float64Array | Uint32Array | Uint16Array | Uint8Array;

/** A list of numbers that only grows, in as few bytes as its kind of number takes. */
export class Column<T extends Numbers> {
  private values: T;
  private count = 0;

  constructor(private readonly make: (length: number) => T) {
    this.values = make(256);
  }

  get length(): number {
    return this.count;
  }

  add(value: number): void {
    if (this.count === this.values.length) {
      const wider = this.make(this.count * 2);
      wider.set(this.values);
      this.values = wider;
    }
    this.values[this.count] = value;
    this.count += 1;
  }

  /** 0 behind the end. */
  at(index: number): number {
    return this.values[index] ?? 0;
  }
}

export const wide = (): Column<Float64Array> => new Column((length) => new Float64Array(length));
export const whole = (): Column<Uint32Array> => new Column((length) => new Uint32Array(length));
export const short = (): Column<Uint16Array> => new Column((length) => new Uint16Array(length));
export const small = (): Column<Uint8Array> => new Column((length) => new Uint8Array(length));

/** Texts by small numbers from 1, each once. */
export class Names {
  private readonly numbers = new Map<string, number>();
  private readonly texts: string[] = [];

  /** The number of a text, a new one where it has none. */
  number(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    this.texts.push(text);
    this.numbers.set(text, this.texts.length);
    return this.texts.length;
  }

  /** 0 where the text has no number. */
  known(text: string): number {
    return this.numbers.get(text) ?? 0;
  }

  text(number: number): string {
    return this.texts[number - 1] ?? "";
  }
}
