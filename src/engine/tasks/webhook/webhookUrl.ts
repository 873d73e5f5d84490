import { problemOfAddress, type AddressWords } from "../plainAddress";

const words: AddressWords = {
  empty: "Enter the address that is told, such as https://example.com/hook.",
  credentials: "Leave user and password out of the address: it is stored as plain text. The signature proves who sends.",
  unencrypted: "Use https://. Without encryption only this device itself is told, as http://localhost or http://127.0.0.1.",
};

/**
 * Why nothing is sent to an address and what to write instead, as one sentence; null when it can be used: https, or
 * http to this device only. Never repeats the address, which may hold a password.
 */
export function problemOfWebhookUrl(url: string): string | null {
  return problemOfAddress(url, words);
}
