import { Events } from "../core/events";
import { closed } from "../core/strict";

/** Secrets of this vault on this device, in localStorage; never in the vault. */
export class SecretStorage extends Events {
  private readonly prefix: string;

  constructor(appId: string) {
    super();
    this.prefix = `${appId}-secret-`;
  }

  setSecret(id: string, secret: string): void {
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) throw new Error(`Invalid secret id "${id}"`);
    localStorage.setItem(this.prefix + id, secret);
    this.trigger("change", id);
  }

  getSecret(id: string): string | null {
    return localStorage.getItem(this.prefix + id);
  }

  listSecrets(): string[] {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(this.prefix))
      .map((key) => key.slice(this.prefix.length))
      .sort();
  }
}
closed(SecretStorage);
