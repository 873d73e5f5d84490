import type { CanvasFiles } from "../../src/engine/canvas/port";

/** A way to whole texts without a look at what others wrote meanwhile. */
export interface PlainTexts {
  read(path: string): Promise<string | null>;
  write(path: string, text: string): Promise<void>;
}

/** A host that reads, lets others run and writes then, with no care for what was written meanwhile. */
export function carelessCanvasFiles(texts: PlainTexts, pause: (path: string) => Promise<void>): CanvasFiles {
  return {
    read: (path) => texts.read(path),
    process: async (path, change) => {
      const before = await texts.read(path);
      if (before === null) return { kind: "missing" };
      const after = change(before);
      await pause(path);
      if (after === before) return { kind: "unchanged" };
      await texts.write(path, after);
      return { kind: "written" };
    },
  };
}

/** Resolves for both when two have come; whoever comes alone goes on when `alone` says so. */
export function meeting(alone: () => Promise<void>): () => Promise<void> {
  let open = (): void => undefined;
  const met = new Promise<void>((resolve) => (open = resolve));
  let here = 0;
  return async () => {
    here += 1;
    if (here === 2) open();
    await Promise.race([met, alone()]);
  };
}
