import type { ChildEnd } from "./childEnd.mjs";

export declare const user: string;

export declare class CannotLaunch extends Error {}

export interface LaunchOptions {
  /** Folder of the database, kept at the end. Absent: a temporary one, removed at the end. */
  readonly folder?: string;
  /** Absent: a free one. */
  readonly port?: number;
  /** At least 8 characters. Absent: a random one. */
  readonly password?: string;
  /** Told what takes long (a first download). */
  readonly say?: (line: string) => void;
}

export interface LaunchedNeo4j {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  readonly port: number;
  readonly folder: string;
  readonly pid: number;
  /** Resolves when the process is gone, for whatever reason. */
  readonly exited: Promise<ChildEnd>;
  signal(name: "SIGSTOP" | "SIGCONT" | "SIGKILL"): void;
  stop(): Promise<void>;
}

export declare function ensureJars(say?: (line: string) => void): Promise<string>;
export declare function launchNeo4j(options?: LaunchOptions): Promise<LaunchedNeo4j>;
export declare function freePort(): Promise<number>;
export declare function isListening(port: number): Promise<boolean>;
