import { anyOf } from "./any-of.js";
import { listTexts } from "./list-texts.js";
import { masked } from "./mask-value.js";

/**
 * A schema's message with every text and number of this value masked, where it is not a part of a longer word: some
 * libraries quote what they were given, and that may be a secret.
 */
export function withoutValues(message: string, value: unknown): string {
  const texts = listTexts(value).flatMap(({ text }) => (text === "" ? [] : [text, JSON.stringify(text).slice(1, -1)]));
  return texts.length === 0 ? message : message.replace(new RegExp(`(?<!\\w)(?:${anyOf(texts)})(?!\\w)`, "g"), masked);
}
