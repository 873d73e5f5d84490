import type { Acknowledgements } from "../../journal/acknowledgements";
import type { DeadLetters } from "../../journal/deadLetters";
import type { ReadonlyRanges } from "../../journal/ranges";
import type { Clock } from "../../kernel/clock";

export interface PlaceLedgers {
  readonly clock: Clock;
  readonly acks: Acknowledgements;
  readonly dead: DeadLetters;
}

/** These places of a device are pending again for every store, with whatever stands on them. Rejects with StorageError. */
export async function forgetPlaces({ acks, clock, dead }: PlaceLedgers, device: string, places: ReadonlyRanges): Promise<void> {
  await acks.forgetPlaces(device, places);
  await dead.forgetPlaces(device, places, clock.now());
}
