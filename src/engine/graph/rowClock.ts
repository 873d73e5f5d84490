/** Characters of `pad13(ms)-pad6(counter)`. */
const TIME_LENGTH = 20;

/**
 * The clock of a whole row: the greatest of the clocks of what the row says, then the times of the others, falling,
 * each after a `+`. Empty when the row says nothing.
 *
 * The greatest clock alone would not do: when an older event arrives late (from another device) the row changes but
 * its greatest clock does not, and a store would ignore it. Whatever changes a row puts a greater clock in the place of
 * smaller ones, so this list grows in dictionary order with each change, and equal rows have equal lists. `+` sorts
 * below all that a device's name is made of, so the clock of a device whose name begins with another's sorts as ever.
 */
export function rowClock(clocks: readonly string[]): string {
  const [greatest, ...others] = [...new Set(clocks)]
    .filter((clock) => clock !== "")
    .sort()
    .reverse();
  if (greatest === undefined) return "";
  return [greatest, ...others.map((clock) => clock.slice(0, TIME_LENGTH))].join("+");
}
