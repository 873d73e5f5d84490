/** Something that can stand in one line at a time. The line keeps the field. */
export interface InLine<T> {
  next: T | null;
}

/** Members that left from the middle are passed over until there are so many more of them than of the others. */
const GONE_KEPT = 8;

/**
 * First come, first served; who leaves from the middle leaves for good. Members know only the one behind them: a hundred
 * thousand may wait, and a second link in each is memory and work for the collector, where nearly all leave from the front.
 */
export class Line<T extends InLine<T>> {
  private head: T | null = null;
  private tail: T | null = null;
  private count = 0;
  /** Members that have left but that others still stand behind; never the first. */
  private gone: Set<T> | null = null;

  get first(): T | null {
    return this.head;
  }

  get length(): number {
    return this.count;
  }

  append(member: T): void {
    member.next = null;
    if (this.tail === null) this.head = member;
    else this.tail.next = member;
    this.tail = member;
    this.count += 1;
  }

  prepend(member: T): void {
    member.next = this.head;
    if (this.head === null) this.tail = member;
    this.head = member;
    this.count += 1;
  }

  /** Takes the first; null when there is none. */
  take(): T | null {
    const member = this.head;
    if (member === null) return null;
    this.count -= 1;
    this.behead(member);
    if (this.gone !== null) this.passOver(this.gone);
    return member;
  }

  /** Takes out a member of this line, which must not come back. */
  remove(member: T): void {
    if (member === this.head) {
      this.take();
      return;
    }
    this.count -= 1;
    this.gone ??= new Set();
    this.gone.add(member);
    if (this.gone.size > this.count + GONE_KEPT) this.close(this.gone);
  }

  private behead(member: T): void {
    this.head = member.next;
    member.next = null;
    if (this.head === null) this.tail = null;
  }

  private passOver(gone: Set<T>): void {
    while (this.head !== null && gone.delete(this.head)) this.behead(this.head);
    if (gone.size === 0) this.gone = null;
  }

  /** Lets those who are still here stand behind each other. */
  private close(gone: ReadonlySet<T>): void {
    let last = this.head;
    for (let member = last?.next ?? null; member !== null; ) {
      const { next } = member;
      if (gone.has(member)) member.next = null;
      else {
        if (last !== null) last.next = member;
        last = member;
      }
      member = next;
    }
    if (last !== null) last.next = null;
    this.tail = last;
    this.gone = null;
  }
}
