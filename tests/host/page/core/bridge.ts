import type { FsReply, FsRequest, NetReply, NetRequest } from "../../protocol";

declare global {
  interface Window {
    __hostFs(request: FsRequest): Promise<FsReply>;
    __hostNet(request: NetRequest): Promise<NetReply>;
  }
}

/** A file system error as Node gives it: with `code`. */
export class FileSystemError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** One operation on the real disk. */
export async function callFs<T>(request: FsRequest): Promise<T> {
  const reply = await window.__hostFs(request);
  if (!reply.ok) throw new FileSystemError(reply.code, reply.message);
  return reply.value as T;
}

export function callNet(request: NetRequest): Promise<NetReply> {
  return window.__hostNet(request);
}

export function toBase64(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer);
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(text);
}

export function fromBase64(text: string): ArrayBuffer {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0)).buffer;
}
