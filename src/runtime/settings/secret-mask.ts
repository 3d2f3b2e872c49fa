import { anyOf } from "./any-of.js";
import { masked, maskValue } from "./mask-value.js";

/** Knows the secrets of an application, and keeps them out of what it logs. */
export interface SecretMask {
  /** From now on masks this text wherever it stands. A text of less than six characters is not masked: it stands in too many words. */
  add(secret: string): void;
  /** The text with `[masked]` in place of each secret. */
  maskText(text: string): string;
  /** The fields of a log line without secrets, neither by name nor by value, at any depth; the same object if it has none. */
  maskFields<T extends object>(fields: T): T;
}

/** Makes a mask that knows no secret yet. */
export function createSecretMask(): SecretMask {
  const secrets = new Set<string>();
  let pattern: RegExp | undefined;

  const maskText = (text: string) => {
    if (secrets.size === 0) return text;
    pattern ??= new RegExp(anyOf(secrets), "g");
    return text.replace(pattern, masked);
  };
  return {
    add(secret) {
      if (secret.length < 6) return;
      secrets.add(secret);
      pattern = undefined;
    },
    maskText,
    maskFields: <T extends object>(fields: T) => maskValue(fields, maskText) as T,
  };
}
