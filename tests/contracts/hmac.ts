import { describe, expect, it } from "vitest";
import type { HmacSha256 } from "../../src/engine/index";

const bytes = (hex: string, times = 1): Uint8Array => Uint8Array.from(Buffer.from(hex.repeat(times), "hex"));

/** What every HMAC must do. The vectors are those of RFC 4231, sections 4.2 to 4.8. */
export function hmacContract(name: string, hmac: HmacSha256): void {
  describe(`${name} as an HMAC`, () => {
    it.each<[string | Uint8Array, string | Uint8Array, string]>([
      [bytes("0b", 20), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"],
      ["Jefe", "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"],
      [bytes("aa", 20), bytes("dd", 50), "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"],
      [
        bytes("0102030405060708090a0b0c0d0e0f10111213141516171819"),
        bytes("cd", 50),
        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
      ],
      [
        bytes("aa", 131),
        "Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
      ],
      [
        bytes("aa", 131),
        "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.",
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
      ],
    ])("signs the vector of the RFC %#", (key, message, expected) => {
      expect(hmac(key, message)).toBe(expected);
    });

    it("keeps what the RFC keeps of a truncated one", () => {
      expect(hmac(bytes("0c", 20), "Test With Truncation").slice(0, 32)).toBe("a3b6167473100ee06e0c796c2955552b");
    });

    it("takes text as its UTF-8 bytes", () => {
      expect(hmac("Schlüssel", "Grüße 🌍 学")).toBe(hmac(new TextEncoder().encode("Schlüssel"), new TextEncoder().encode("Grüße 🌍 学")));
    });
  });
}
