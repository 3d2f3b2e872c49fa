import { listTexts } from "./list-texts.js";
import { isSecretName } from "./secret-name.js";

/** The texts and numbers that are secrets: those at and below the declared paths, and those whose own key says so. */
export function findSecrets(settings: unknown, declared: readonly string[]): string[] {
  return listTexts(settings)
    .filter(({ path }) => {
      const dotted = path.join(".");
      return isSecretName(path.at(-1) ?? "") || declared.some((secret) => `${dotted}.`.startsWith(`${secret}.`));
    })
    .map(({ text }) => text);
}
