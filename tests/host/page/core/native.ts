/** The page's own functions, taken before the leak watch wraps them: what the host does for itself is not counted. */
export const native = {
  setTimeout: window.setTimeout.bind(window),
  clearTimeout: window.clearTimeout.bind(window),
  setInterval: window.setInterval.bind(window),
  clearInterval: window.clearInterval.bind(window),
  requestAnimationFrame: window.requestAnimationFrame.bind(window),
};

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => native.setTimeout(resolve, ms));
}
