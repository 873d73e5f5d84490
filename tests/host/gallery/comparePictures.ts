import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";

/** How far a pixel's colour may be off, 1 being black against white: what differs between processors is far below. */
const COLOUR_TOLERANCE = 0.02;
/** The share of a picture's pixels that may be off. A button of 80 by 30 that moves by one pixel changes three times as many. */
const SHARE_TOLERANCE = 0.0002;

export interface PictureDifference {
  readonly reason: string;
  /** A picture of what differs; null where the sizes do. */
  readonly picture: Buffer | null;
}

/** What differs between two pictures (PNG) for the eye, or null. */
export function comparePictures(kept: Buffer, now: Buffer): PictureDifference | null {
  const [a, b] = [PNG.sync.read(kept), PNG.sync.read(now)];
  if (a.width !== b.width || a.height !== b.height) {
    return { reason: `${a.width} by ${a.height} pixels before, ${b.width} by ${b.height} now`, picture: null };
  }
  const shown = new PNG({ width: a.width, height: a.height });
  const off = pixelmatch(a.data, b.data, shown.data, a.width, a.height, { threshold: COLOUR_TOLERANCE, includeAA: true });
  if (off <= a.width * a.height * SHARE_TOLERANCE) return null;
  return { reason: `${off} of ${a.width * a.height} pixels differ`, picture: PNG.sync.write(shown) };
}
