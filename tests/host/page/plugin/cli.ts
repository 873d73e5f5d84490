import { closed, strict } from "../core/strict";

export type CliFlags = Record<string, { value?: string; description: string; required?: boolean }>;
export type CliHandler = (params: Record<string, string>) => string | Promise<string>;

interface Entry {
  readonly description: string;
  readonly flags: CliFlags | null;
  readonly handler: CliHandler;
}

/** The app's command line. */
export class Cli {
  handlers = new Map<string, Entry>();

  constructor() {
    return strict(this);
  }

  /** Host only. */
  hostRegister(command: string, description: string, flags: CliFlags | null, handler: CliHandler): void {
    if (this.handlers.has(command)) throw new Error(`CLI handler "${command}" is already registered`);
    this.handlers.set(command, { description, flags, handler });
  }

  /** Host only. */
  hostUnregister(command: string): void {
    this.handlers.delete(command);
  }

  /** Host only: what a person types. */
  async hostRun(command: string, params: Record<string, string>): Promise<string> {
    const entry = this.handlers.get(command);
    if (entry === undefined) throw new Error(`Command "${command}" not found`);
    for (const [name, flag] of Object.entries(entry.flags ?? {})) {
      if (flag.required === true && params[name] === undefined) throw new Error(`Missing required parameter: ${name}`);
    }
    return entry.handler(params);
  }
}
closed(Cli);
