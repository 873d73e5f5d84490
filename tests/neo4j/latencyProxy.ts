import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** A TCP relay on loopback that makes a fast server look far away, frozen or gone. */
export interface LatencyProxy {
  readonly port: number;
  /** Connections open now, and the most there ever were. */
  readonly open: number;
  readonly peak: number;
  /** How often a client spoke after the server had: the number of round trips that somebody waited for. */
  readonly flights: number;
  /** Milliseconds added to each round trip from now on, half of them each way. A new connection pays one more. */
  setRoundTrip(ms: number): void;
  /** Nothing passes any more and nothing is closed: a half-open link. New connections are accepted and stay silent. */
  freeze(): void;
  /** What waited passes on. */
  thaw(): void;
  /** Breaks every open connection. New ones work. */
  cut(): void;
  close(): Promise<void>;
}

export async function startLatencyProxy(targetPort: number, roundTripMs = 0): Promise<LatencyProxy> {
  const link: Link = { halfMs: roundTripMs / 2, frozen: false, relays: new Set(), peak: 0, flights: 0 };
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (client) => openRelay(link, client, targetPort));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get open() {
      return link.relays.size;
    },
    get peak() {
      return link.peak;
    },
    get flights() {
      return link.flights;
    },
    setRoundTrip(ms) {
      link.halfMs = ms / 2;
    },
    freeze() {
      link.frozen = true;
    },
    thaw() {
      link.frozen = false;
      for (const relay of link.relays) relay.release();
    },
    cut: () => cutAll(link),
    close: () => closeServer(server, link),
  };
}

interface Link {
  halfMs: number;
  frozen: boolean;
  peak: number;
  flights: number;
  readonly relays: Set<Relay>;
}

interface Relay {
  /** Passes on what is due. */
  readonly release: () => void;
  readonly destroy: () => void;
}

function openRelay(link: Link, client: Socket, targetPort: number): void {
  const upstream = connect({ port: targetPort, host: "127.0.0.1", noDelay: true, allowHalfOpen: true });
  // The kernel accepted at once; on a real link the client would have waited one round trip for that.
  const connectedAt = performance.now() + link.halfMs * 2;
  const lanes = [pipeLate(link, client, upstream, connectedAt), pipeLate(link, upstream, client, 0)];
  const relay: Relay = {
    release: () => lanes.forEach((lane) => lane()),
    destroy: () => {
      link.relays.delete(relay);
      client.destroy();
      upstream.destroy();
    },
  };
  link.relays.add(relay);
  link.peak = Math.max(link.peak, link.relays.size);
  countFlights(link, client, upstream);
  for (const socket of [client, upstream]) {
    socket.on("error", relay.destroy);
    // One side is done first; what it said may still be on its way to the other one.
    socket.on("close", () => {
      if (client.closed && upstream.closed) link.relays.delete(relay);
    });
  }
}

function countFlights(link: Link, client: Socket, upstream: Socket): void {
  let serverSpokeLast = true;
  client.on("data", () => {
    if (serverSpokeLast) link.flights += 1;
    serverSpokeLast = false;
  });
  upstream.on("data", () => {
    serverSpokeLast = true;
  });
}

/** Passes chunks on in order, each one `halfMs` after it came and none before `earliest`. Gives its release. */
function pipeLate(link: Link, from: Socket, to: Socket, earliest: number): () => void {
  const waiting: { readonly due: number; readonly chunk: Buffer | null }[] = [];

  function release(): void {
    while (!link.frozen) {
      const next = waiting[0];
      if (next === undefined) return;
      const early = next.due - performance.now();
      // After a long turn of the event loop a timer fires before its time; nobody else would come for this chunk.
      if (early > 0) {
        setTimeout(release, early + 1);
        return;
      }
      waiting.shift();
      if (to.destroyed) continue;
      if (next.chunk === null) to.end();
      else to.write(next.chunk);
    }
  }

  function hold(chunk: Buffer | null): void {
    const due = Math.max(performance.now(), earliest) + link.halfMs;
    waiting.push({ due, chunk });
    if (link.halfMs === 0) release();
    else setTimeout(release, due - performance.now() + 1);
  }

  from.on("data", hold);
  from.on("end", () => hold(null));
  return release;
}

function cutAll(link: Link): void {
  for (const relay of [...link.relays]) relay.destroy();
}

function closeServer(server: Server, link: Link): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    cutAll(link);
  });
}
