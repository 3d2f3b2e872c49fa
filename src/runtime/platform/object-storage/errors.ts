import { PhasewiseError } from "../../results/coded-error.js";
import type { BodyFailureCode } from "./object-storage.js";

/**
 * What the reading of the `body` of a stored object rejects with.
 *
 * @example
 * ```ts
 * import { ObjectStorageError, type StoredObject } from "@phasewise/runtime/platform";
 *
 * export async function countBytes(object: StoredObject): Promise<number | undefined> {
 *   let bytes = 0;
 *   try {
 *     for await (const piece of object.body) bytes += piece.byteLength;
 *     return bytes;
 *   } catch (error) {
 *     if (error instanceof ObjectStorageError && error.code === "UNAVAILABLE") return undefined;
 *     throw error;
 *   }
 * }
 * ```
 */
export class ObjectStorageError extends PhasewiseError<BodyFailureCode> {}
