import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import * as path from "node:path";

/** The vault's folder as another program sees it. */
export class DiskHelpers {
  constructor(readonly vaultDir: string) {}

  /** Writes a file behind the app's back, as another program does. `mtime` is in epoch ms. */
  writeFile(vaultPath: string, text: string | Uint8Array, mtime?: number): void {
    const file = path.join(this.vaultDir, vaultPath);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    if (mtime !== undefined) utimesSync(file, mtime / 1000, mtime / 1000);
  }

  readFile(vaultPath: string): string {
    return readFileSync(path.join(this.vaultDir, vaultPath), "utf8");
  }

  removeFile(vaultPath: string): void {
    rmSync(path.join(this.vaultDir, vaultPath), { recursive: true });
  }

  exists(vaultPath: string): boolean {
    return statSync(path.join(this.vaultDir, vaultPath), { throwIfNoEntry: false }) !== undefined;
  }
}
