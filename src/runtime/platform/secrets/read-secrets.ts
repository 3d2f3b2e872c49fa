import { Result } from "../../results/result.js";
import type { Secret } from "./secret.js";

/**
 * Reads secrets at the same time, for adapters whose server has no call for several: all of them by name, or the first Failure.
 *
 * @example
 * ```ts
 * import { Result } from "@phasewise/runtime";
 * import { readSecrets, Secret } from "@phasewise/runtime/platform";
 *
 * const read = await readSecrets(["a", "b"], async (name) => Result.success(new Secret(name)));
 * console.log(read.success && read.data.a.reveal());
 * ```
 */
export async function readSecrets<Name extends string, C extends string>(
  names: readonly Name[],
  read: (name: Name) => Promise<Result<Secret, C>>,
): Promise<Result<Readonly<Record<Name, Secret>>, C>> {
  const secrets: readonly Result<Secret, C>[] = await Promise.all(names.map(read));
  const entries: [string, Secret][] = [];
  for (const [index, secret] of secrets.entries()) {
    if (!secret.success) return secret;
    entries.push([names[index]!, secret.data]);
  }
  return Result.success(Object.fromEntries(entries) as Record<Name, Secret>);
}
