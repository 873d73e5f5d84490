import api from "virtual:obsidian-api";
import { refuse } from "./violations";

/** Names that engines, serialisers and test tools probe on any object. */
const PROBED = new Set(["then", "toJSON", "asymmetricMatch", "nodeType", "tagName", "$$typeof", "constructor"]);

const closedPrototypes = new WeakSet<object>();

/** Objects made directly from this class have no further properties: reading one throws. Use `in` to ask first. */
export function closed<C extends { prototype: object }>(target: C): C {
  closedPrototypes.add(target.prototype);
  return target;
}

/**
 * `target` behind a proxy that refuses to read what does not exist. A closed class refuses every missing name; a class
 * that plugins extend refuses only names of the official API that the host has not built, since a subclass may well
 * have fields of its own that are not set yet. Return it from the constructor of a base class, so that private fields
 * of subclasses live on the proxy.
 */
export function strict<T extends object>(target: T): T {
  return new Proxy(target, {
    get(object, key, receiver): unknown {
      if (typeof key === "symbol" || key in object || PROBED.has(key)) return Reflect.get(object, key, receiver);
      const prototype: unknown = Object.getPrototypeOf(object);
      if (typeof prototype === "object" && prototype !== null && closedPrototypes.has(prototype)) {
        refuse(`${nameOf(object)}.${key} does not exist on this host`);
      }
      const owner = officialOwner(object, key);
      if (owner !== null) refuse(`${owner}.${key} is in the API but not on this host`);
      return undefined;
    },
  });
}

function nameOf(object: object): string {
  return object.constructor.name;
}

function officialOwner(object: object, key: string): string | null {
  for (let at: unknown = Object.getPrototypeOf(object); typeof at === "object" && at !== null; ) {
    const name = (at as { constructor: { name: string } }).constructor.name;
    if (api.members[name]?.includes(key) === true) return name;
    at = Object.getPrototypeOf(at);
  }
  return null;
}
