import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startLatencyProxy, type LatencyProxy } from "./latencyProxy";

const echo = createServer((socket) => socket.pipe(socket));
let proxy: LatencyProxy;
let client: Socket;

beforeEach(async () => {
  await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
  proxy = await startLatencyProxy((echo.address() as AddressInfo).port);
  client = connect(proxy.port, "127.0.0.1");
});

afterEach(async () => {
  client.destroy();
  await proxy.close();
  await new Promise((resolve) => echo.close(resolve));
});

/** Sends a text and resolves when as many characters came back. */
function roundTrip(text: string): Promise<string> {
  return new Promise((resolve) => {
    let back = "";
    client.on("data", function listen(chunk: Buffer) {
      back += chunk.toString();
      if (back.length < text.length) return;
      client.off("data", listen);
      resolve(back);
    });
    client.write(text);
  });
}

test("adds the round trip to each exchange and counts the flights", async () => {
  expect(await roundTrip("one")).toBe("one");
  proxy.setRoundTrip(80);
  const started = performance.now();
  expect(await roundTrip("two")).toBe("two");
  expect(performance.now() - started).toBeGreaterThanOrEqual(80);
  expect(proxy.flights).toBe(2);
});

test("keeps everything back while frozen, without closing, and passes it on in order", async () => {
  await roundTrip("warm");
  proxy.freeze();
  const late = roundTrip("frozen");
  client.write(" and more");
  const other = connect(proxy.port, "127.0.0.1");
  await vi.waitFor(() => expect(proxy.open).toBe(2), 45_000);
  proxy.thaw();
  expect("frozen and more").toContain(await late);
  other.destroy();
});

test("cuts what is open and takes new connections", async () => {
  await roundTrip("warm");
  const closed = new Promise((resolve) => client.once("close", resolve));
  proxy.cut();
  await closed;
  client = connect(proxy.port, "127.0.0.1");
  expect(await roundTrip("again")).toBe("again");
  expect(proxy.open).toBe(1);
});
