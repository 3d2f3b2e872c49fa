import type { Result } from "../../results/result.js";
import type { BoundCallOptions, CallScope } from "../platform-calls.js";
import type { DatabaseFailureCode } from "./database.js";

/** What makes the calls of a database: `PlatformCalls` that know its codes. */
export interface DatabaseCalls {
  run<T, D extends string = never>(
    operation: string,
    options: BoundCallOptions | undefined,
    work: (scope: CallScope) => Promise<Result<T, D>>,
  ): Promise<Result<T, D | DatabaseFailureCode>>;
  drain(): Promise<void>;
}
