import { crc32, deflateSync } from "node:zlib";
import { PNG } from "pngjs";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const COLOURS = 256;

/** Of each channel, in bits: less than an eye or a comparison sees. */
const MOST_LOST = 2;

/** The same picture in about a third of the bytes, with a palette where it has few colours, as text on plain areas has; else as it was. */
export function smallPng(picture: Buffer): Buffer {
  const read = PNG.sync.read(picture);
  const found = withPalette(read.data);
  if (found === null) return picture;
  const { indexes, palette } = found;
  const { height, width } = read;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row++) rows.set(indexes.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  return Buffer.concat([SIGNATURE, chunk("IHDR", header), chunk("PLTE", palette), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}

function withPalette(data: Buffer): { readonly indexes: Uint8Array; readonly palette: Buffer } | null {
  for (let bits = 0; bits <= MOST_LOST; bits++) {
    const found = indexed(data, bits);
    if (found !== null) return found;
  }
  return null;
}

/** With the last `bits` of each channel alike; null where that leaves too many colours. */
function indexed(data: Buffer, bits: number): { readonly indexes: Uint8Array; readonly palette: Buffer } | null {
  const colours = new Map<number, number>();
  const palette: number[] = [];
  const indexes = new Uint8Array(data.length / 4);
  for (let pixel = 0; pixel < indexes.length; pixel++) {
    const [red = 0, green = 0, blue = 0] = data.subarray(pixel * 4, pixel * 4 + 3);
    const key = ((red >> bits) << 16) | ((green >> bits) << 8) | (blue >> bits);
    let index = colours.get(key);
    if (index === undefined) {
      if (colours.size === COLOURS) return null;
      index = colours.size;
      colours.set(key, index);
      palette.push(red, green, blue);
    }
    indexes[pixel] = index;
  }
  return { indexes, palette: Buffer.from(palette) };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
