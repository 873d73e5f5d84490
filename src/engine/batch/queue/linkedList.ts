/** Something that can stand in one list at a time. The list keeps both fields. */
export interface Linked<T> {
  previous: T | null;
  next: T | null;
}

/**
 * A list that carries its links in its members, so that adding and taking out cost the same at any length. A Set would
 * do the same until many of its first members are gone: then finding the first one walks over all the holes.
 */
export class LinkedList<T extends Linked<T>> {
  private head: T | null = null;
  private tail: T | null = null;
  private count = 0;

  get first(): T | null {
    return this.head;
  }

  get length(): number {
    return this.count;
  }

  append(member: T): void {
    member.previous = this.tail;
    member.next = null;
    if (this.tail === null) this.head = member;
    else this.tail.next = member;
    this.tail = member;
    this.count += 1;
  }

  prepend(member: T): void {
    member.previous = null;
    member.next = this.head;
    if (this.head === null) this.tail = member;
    else this.head.previous = member;
    this.head = member;
    this.count += 1;
  }

  /** Takes out a member of this list. */
  remove(member: T): void {
    if (member.previous === null) this.head = member.next;
    else member.previous.next = member.next;
    if (member.next === null) this.tail = member.previous;
    else member.next.previous = member.previous;
    member.previous = null;
    member.next = null;
    this.count -= 1;
  }
}
