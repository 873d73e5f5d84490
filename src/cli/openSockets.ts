import { subscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";

/**
 * Remembers the connections that this process makes, and closes what is left of them. The database driver lets go of a
 * server that accepted and then stayed silent without closing the socket, and the process would wait for it for ever.
 */
export function watchSockets(): { closeAll(): void } {
  const open = new Set<Socket>();
  subscribe("net.client.socket", (message) => {
    const { socket } = message as { readonly socket: Socket };
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  return {
    closeAll: () => {
      for (const socket of open) socket.destroy();
    },
  };
}
