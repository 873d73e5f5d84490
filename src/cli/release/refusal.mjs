/** A mistake of the person at the keyboard: the message says what to do. */
export class Refusal extends Error {}
