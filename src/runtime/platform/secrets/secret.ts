import { inspect } from "node:util";

const redacted = "[redacted]";

/**
 * A text that is not to be seen. As a string, in a template, as JSON, inspected or on a console it is `[redacted]`; a
 * structured clone or a spread of it is empty. Only `reveal` gives the text: call it where the text is used, and keep none.
 *
 * @example
 * ```ts
 * import { Secret } from "@phasewise/runtime/platform";
 *
 * const key = new Secret("k-1");
 * console.log(`${key}`, JSON.stringify({ key }), key.reveal().length); // [redacted] {"key":"[redacted]"} 3
 * ```
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The text itself. */
  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  [Symbol.toPrimitive](): string {
    return redacted;
  }

  [inspect.custom](): string {
    return redacted;
  }
}
