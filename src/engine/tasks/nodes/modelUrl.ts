import { problemOfAddress, type AddressWords } from "../plainAddress";

const words: AddressWords = {
  empty: "Enter the address of the endpoint, such as http://localhost:11434/v1.",
  credentials: "Leave user and password out of the address: it is stored as plain text. Choose a key instead.",
  unencrypted: "Use https://. Without encryption only a model on this device is asked, as http://localhost or http://127.0.0.1.",
};

/**
 * Why a model cannot be asked at a base address and what to write instead, as one sentence; null when it can: https, or
 * http to this device only. Never repeats the address, which may hold a password.
 */
export function problemOfModelUrl(url: string): string | null {
  if (url.includes("?")) return "Leave out the ? and what follows: the rest of the address is added to it.";
  return problemOfAddress(url, words);
}

/** The address of the chat protocol below a base address, with or without that part in it. */
export function chatUrl(base: string): string {
  const clean = base.trim().replace(/\/+$/, "");
  return clean.endsWith("/chat/completions") ? clean : `${clean}/chat/completions`;
}
