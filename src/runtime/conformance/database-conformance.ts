import { casesOf, type ConformanceCase, type ServiceFactory } from "./conformance-case.js";
import { migrationCases } from "./database/migration-cases.js";
import { type DatabaseFixture, statementCases } from "./database/statement-cases.js";
import { streamCases } from "./database/stream-cases.js";
import { transactionCases } from "./database/transaction-cases.js";

export type { DatabaseFixture } from "./database/statement-cases.js";

/**
 * What every adapter of `Database` has to do. Each case is given a database without tables; it may be the same one, emptied.
 *
 * @example
 * ```ts
 * import { databaseConformance } from "@phasewise/runtime/conformance";
 * import type { Database } from "@phasewise/runtime/platform";
 * import { it } from "vitest";
 *
 * declare function openDatabase(): Promise<Database & AsyncDisposable>;
 *
 * const cases = databaseConformance(async () => {
 *   const database = await openDatabase();
 *   return { database, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
 * });
 * for (const { name, run } of cases) it(name, run);
 * ```
 */
export function databaseConformance(create: ServiceFactory<DatabaseFixture>): readonly ConformanceCase[] {
  return casesOf(create, { ...statementCases, ...transactionCases, ...streamCases, ...migrationCases });
}
