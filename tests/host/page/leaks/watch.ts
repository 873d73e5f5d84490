import type { Leak } from "../../protocol";
import type { EventRef } from "../core/events";
import { remark } from "../core/violations";

/** Marks plugin code in stacks: each plugin's script is named `plugin:<id>`. */
const PLUGIN_FRAME = /plugin:[a-z0-9-]+/;

interface Watched {
  readonly kind: string;
  readonly detail: string;
  readonly stack: string;
  readonly isLive: () => boolean;
}

let watched = new Set<Watched>();
let active = false;

/** The plugin frames of the present call, or null when no plugin is in it. */
function pluginStack(): string | null {
  if (!active) return null;
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 40;
  const stack = new Error().stack ?? "";
  Error.stackTraceLimit = limit;
  if (!PLUGIN_FRAME.test(stack)) return null;
  return stack
    .split("\n")
    .filter((line) => PLUGIN_FRAME.test(line))
    .slice(0, 6)
    .join("\n");
}

function watch(kind: string, detail: string, isLive: () => boolean): Watched | null {
  const stack = pluginStack();
  if (stack === null) return null;
  const entry: Watched = { kind, detail, stack, isLive };
  watched.add(entry);
  return entry;
}

export function watchEventRef(ref: EventRef): void {
  if (!active) return;
  watch("event", `${ref.e.constructor.name}.on("${ref.name}")`, () => ref.e.hostIsLive(ref) && isHostEmitter(ref.e));
}

const hostEmitters = new WeakSet<object>();

/** Emitters of the app: a listener left on one of them outlives the plugin. A plugin's own emitter dies with it. */
export function markHostEmitter(emitter: object): void {
  hostEmitters.add(emitter);
}

function isHostEmitter(emitter: object): boolean {
  return hostEmitters.has(emitter);
}

/** Wraps timers, listeners, sockets, observers and workers of a window; what plugin code makes is remembered. */
export function installLeakWatch(win: Window & typeof globalThis): void {
  active = true;
  wrapTimers(win);
  wrapListeners(win);
  wrapConstructors(win);
  remarkFetch(win);
}

/** Plugins are to use requestUrl: `fetch` obeys the rules of the origin, which is another on each platform. */
function remarkFetch(win: Window & typeof globalThis): void {
  const real = win.fetch.bind(win);
  win.fetch = (...args: Parameters<typeof fetch>) => {
    if (pluginStack() !== null) remark(`fetch(${urlOf(args[0])}): plugins use requestUrl`);
    return real(...args);
  };
}

export function openLeaks(): Leak[] {
  watched = new Set([...watched].filter((entry) => entry.isLive()));
  return [...watched].map(({ kind, detail, stack }) => ({ kind, detail, stack }));
}

function urlOf(input: RequestInfo | URL): string {
  if (typeof input === "string") return input;
  return input instanceof URL ? input.href : input.url;
}

function wrapTimers(win: Window & typeof globalThis): void {
  const live = new Map<number, Watched>();
  const forget = (id: number): void => {
    const entry = live.get(id);
    if (entry === undefined) return;
    live.delete(id);
    watched.delete(entry);
  };
  const wrapOnce = (name: "setTimeout" | "setInterval", kind: string, once: boolean): void => {
    const real = win[name].bind(win) as (handler: TimerHandler, ms?: number, ...rest: unknown[]) => number;
    const wrapped = (handler: TimerHandler, ms?: number, ...rest: unknown[]): number => {
      if (typeof handler !== "function") return real(handler, ms, ...rest);
      let own: number | null = null;
      const call = handler as (...args: unknown[]) => unknown;
      const id = real((...args: unknown[]) => {
        if (once && own !== null) forget(own);
        call(...args);
      }, ms, ...rest);
      own = id;
      const entry = watch(kind, `${name}(…, ${String(ms ?? 0)})`, () => live.has(id));
      if (entry !== null) live.set(id, entry);
      return id;
    };
    Object.defineProperty(win, name, { value: wrapped, configurable: true, writable: true });
  };
  wrapOnce("setTimeout", "timeout", true);
  wrapOnce("setInterval", "interval", false);
  for (const name of ["clearTimeout", "clearInterval"] as const) {
    const real = win[name].bind(win);
    const wrapped = (id: number | undefined): void => {
      if (id !== undefined) forget(id);
      real(id);
    };
    Object.defineProperty(win, name, { value: wrapped, configurable: true, writable: true });
  }
  wrapFrames(win);
}

function wrapFrames(win: Window & typeof globalThis): void {
  const live = new Map<number, Watched>();
  const forget = (id: number): void => {
    const entry = live.get(id);
    live.delete(id);
    if (entry !== undefined) watched.delete(entry);
  };
  const request = win.requestAnimationFrame.bind(win);
  const cancel = win.cancelAnimationFrame.bind(win);
  win.requestAnimationFrame = (callback) => {
    const id = request((time) => {
      forget(id);
      callback(time);
    });
    const entry = watch("animation frame", "requestAnimationFrame", () => live.has(id));
    if (entry !== null) live.set(id, entry);
    return id;
  };
  win.cancelAnimationFrame = (id) => {
    forget(id);
    cancel(id);
  };
}

interface Listening {
  readonly type: string;
  readonly listener: unknown;
  readonly capture: boolean;
}

type AddOrRemove = (
  this: EventTarget,
  type: string,
  listener: EventListenerOrEventListenerObject | null,
  options?: boolean | AddEventListenerOptions,
) => void;

function wrapListeners(win: Window & typeof globalThis): void {
  const proto = win.EventTarget.prototype;
  const add: AddOrRemove = Reflect.get(proto, "addEventListener");
  const remove: AddOrRemove = Reflect.get(proto, "removeEventListener");
  const live = new WeakMap<EventTarget, Set<Listening>>();
  const captureOf = (options: boolean | EventListenerOptions | undefined): boolean =>
    typeof options === "boolean" ? options : options?.capture === true;
  const drop = (target: EventTarget, type: string, listener: unknown, capture: boolean): void => {
    for (const one of live.get(target) ?? []) {
      if (one.type === type && one.listener === listener && one.capture === capture) live.get(target)?.delete(one);
    }
  };

  proto.addEventListener = function (this: EventTarget, type, listener, options): void {
    const target = this ?? win;
    add.call(target, type, listener, options);
    if (listener === null || !outlivesPlugins(target)) return;
    const one: Listening = { type, listener, capture: captureOf(options) };
    const entry = watch("listener", `${describe(target)}: ${type}`, () =>
      live.get(target)?.has(one) === true && isConnected(target));
    if (entry === null) return;
    live.set(target, (live.get(target) ?? new Set()).add(one));
    if (typeof options !== "object") return;
    const signal = options.signal;
    if (signal !== undefined) add.call(signal, "abort", () => drop(target, type, listener, one.capture));
    if (options.once === true) add.call(target, type, () => drop(target, type, listener, one.capture), { once: true });
  };
  proto.removeEventListener = function (this: EventTarget, type, listener, options): void {
    const target = this ?? win;
    remove.call(target, type, listener, options);
    drop(target, type, listener, captureOf(options));
  };
}

/** Nodes, windows and media queries live on; an emitter that a plugin made itself goes with it. */
function outlivesPlugins(target: EventTarget): boolean {
  return target instanceof Node || target === window || "matches" in target || "document" in target ||
    target === navigator.serviceWorker || target === window.visualViewport || "onLine" in target;
}

function isConnected(target: EventTarget): boolean {
  return !(target instanceof Node) || target.isConnected;
}

function describe(target: EventTarget): string {
  if (target instanceof Element) return [target.tagName.toLowerCase(), ...target.classList].join(".");
  return target === window ? "window" : target.constructor.name;
}

function wrapConstructors(win: Window & typeof globalThis): void {
  const isOpen = (socket: WebSocket): boolean => socket.readyState < WebSocket.CLOSED;
  wrapConstructor(win, "WebSocket", isOpen, (socket) => socket.url);
  wrapConstructor(win, "Worker", () => true, () => "");
  wrapConstructor(win, "BroadcastChannel", () => true, (channel: BroadcastChannel) => channel.name);
  for (const name of ["MutationObserver", "ResizeObserver", "IntersectionObserver"] as const) wrapObserver(win, name);
  wrapEnd(win.Worker.prototype, "terminate");
  wrapEnd(win.BroadcastChannel.prototype, "close");
}

const ended = new WeakSet<object>();

function wrapEnd(proto: object, method: string): void {
  const real = Reflect.get(proto, method) as (...args: unknown[]) => unknown;
  Reflect.set(proto, method, function (this: object, ...args: unknown[]): unknown {
    ended.add(this);
    return real.apply(this, args);
  });
}

function wrapConstructor<T extends object>(
  win: Window & typeof globalThis,
  name: "WebSocket" | "Worker" | "BroadcastChannel",
  isOpen: (made: T) => boolean,
  describeIt: (made: T) => string,
): void {
  const wrapped = new Proxy(win[name], {
    construct(target, args, newTarget): object {
      const made = Reflect.construct(target, args, newTarget) as T;
      watch(name, describeIt(made), () => !ended.has(made) && isOpen(made));
      return made;
    },
  });
  Object.defineProperty(win, name, { value: wrapped, configurable: true, writable: true });
}

type ObserverName = "MutationObserver" | "ResizeObserver" | "IntersectionObserver";

function wrapObserver(win: Window & typeof globalThis, name: ObserverName): void {
  const observed = new WeakMap<object, Set<Node>>();
  const proto = win[name].prototype as { observe: (...args: unknown[]) => void; disconnect: () => void };
  const { observe, disconnect } = proto;
  proto.observe = function (this: object, target: unknown, ...rest: unknown[]): void {
    observe.call(this, target, ...rest);
    if (!(target instanceof Node)) return;
    const nodes = observed.get(this) ?? new Set<Node>();
    observed.set(this, nodes.add(target));
    watch(name, describe(target), () => observed.get(this)?.has(target) === true && target.isConnected);
  };
  proto.disconnect = function (this: object): void {
    observed.delete(this);
    disconnect.call(this);
  };
}
