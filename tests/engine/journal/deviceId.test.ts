import { describe, expect, it } from "vitest";
import { isDeviceId } from "../../../src/engine/journal/deviceId";

describe("isDeviceId", () => {
  it.each(["0123456789abcdef", "a", "my_Phone-2", "x".repeat(100)])("takes %s", (id) => {
    expect(isDeviceId(id)).toBe(true);
  });

  it.each(["", "..", "a/b", "a b", "é", "a\n", "x".repeat(101), null, 5])("refuses %j", (id) => {
    expect(isDeviceId(id)).toBe(false);
  });
});
