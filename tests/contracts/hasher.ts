import { describe, expect, it } from "vitest";
import type { Hasher } from "../../src/engine/index";

/** What every hasher must do. The digests are those of `sha256sum` and of zlib. */
export function hasherContract(name: string, hasher: Hasher): void {
  describe(`${name} as a hasher`, () => {
    it.each([
      ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
      ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
      ["Grüße 🌍 学", "a5eda1da94d7214ed42f395e14a704762433d627e3922fb18ef8a72d2fd36c81"],
    ])("hashes %j with SHA-256", (text, digest) => {
      expect(hasher.sha256(text)).toBe(digest);
    });

    it.each([
      ["", "00000000"],
      ["123456789", "cbf43926"],
      ["Grüße 🌍 学", "27e6eb1a"],
    ])("checks %j with CRC-32", (text, digest) => {
      expect(hasher.crc32(text)).toBe(digest);
    });

    it("keeps leading zeros of a checksum", () => {
      expect(hasher.crc32("text 300")).toBe("0015184a");
    });

    it.each(["\ud800", "a\udc00b", "\udc00\ud800", "🌍\ud83c"])("takes a lone surrogate as U+FFFD (%j)", (text) => {
      const written = text.replace(/[\ud800-\udfff]/gu, "\ufffd");
      expect(hasher.sha256(text)).toBe(hasher.sha256(written));
      expect(hasher.crc32(text)).toBe(hasher.crc32(written));
    });

    it("hashes long text", () => {
      const text = "0123456789abcdef".repeat(65_536);
      expect(hasher.sha256(text)).toBe("aca1cd027e979588d14b877b7b0cb8585ad9fec599eb45801992ee5382b3760f");
      expect(hasher.crc32(text)).toBe("06595696");
    });
  });
}
