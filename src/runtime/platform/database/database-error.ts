import { PhasewiseError } from "../../results/coded-error.js";
import type { DatabaseFailureCode } from "./database.js";

/**
 * What a `RowStream` rejects with when the rows cannot be read to their end.
 *
 * @example
 * ```ts
 * import { DatabaseError, type RowStream } from "@phasewise/runtime/platform";
 *
 * export async function count(rows: RowStream<object>): Promise<number | "too slow"> {
 *   let number = 0;
 *   try {
 *     for await (const _row of rows) number++;
 *   } catch (error) {
 *     if (error instanceof DatabaseError && error.code === "TIMED_OUT") return "too slow";
 *     throw error;
 *   }
 *   return number;
 * }
 * ```
 */
export class DatabaseError extends PhasewiseError<DatabaseFailureCode> {}
