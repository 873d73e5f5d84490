import { isJsonObject } from "../kernel/json";
import { RangeSet, type Range } from "./ranges";
import { Standing } from "./standing";

/** Another format counts as none. */
const FORMAT = 1;

type StoredStanding = readonly [device: string, ranges: readonly Range[], blocks: readonly (readonly [block: number, count: number, sum: number])[]];

export function writeStandings(standings: ReadonlyMap<string, Standing>): string {
  const devices = [...standings].map(([device, { places, blocks }]): StoredStanding => [
    device,
    [...places.ranges()],
    [...blocks].map(([block, { count, sum }]) => [block, count, sum] as const),
  ]);
  return JSON.stringify({ format: FORMAT, devices });
}

/** `text` is whole: it has a checksum of its own. */
export function readStandings(text: string): Map<string, Standing> {
  const value: unknown = JSON.parse(text);
  if (!isJsonObject(value) || value["format"] !== FORMAT) return new Map();
  const { devices } = value as unknown as { readonly devices: readonly StoredStanding[] };
  return new Map(
    devices.map(([device, ranges, blocks]) => [
      device,
      new Standing(RangeSet.of(ranges), new Map(blocks.map(([block, count, sum]) => [block, { count, sum }]))),
    ]),
  );
}
