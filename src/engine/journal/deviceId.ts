/** Whether a value can be a device's id, which is also the name of its folder: letters, digits, `-` and `_`. */
export function isDeviceId(value: unknown): value is string {
  return typeof value === "string" && /^[\w-]{1,100}$/.test(value);
}
