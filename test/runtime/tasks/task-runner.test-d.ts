import { Result, settleAll } from "@phasewise/runtime";
import {
  type GatheredResult,
  type TaskFailureCode,
  TaskPriority,
  type TaskResult,
  TaskRunner,
} from "@phasewise/runtime/tasks";
import { describe, expectTypeOf, it } from "vitest";

declare const runner: TaskRunner;
declare const findInvoice: (signal: AbortSignal) => Promise<Result<{ id: string }, "NOT_FOUND">>;
declare const readNumbers: ((signal: AbortSignal) => Promise<number>)[];

describe("runner.submit", () => {
  it("gives what the task gives as data, beside its own codes", () => {
    const submitted = runner.submit(async () => 1);
    expectTypeOf(submitted).resolves.toEqualTypeOf<Result<number, "QUEUE_FULL" | "TIMED_OUT" | "CLOSED">>();
    expectTypeOf(runner.submit(async () => {})).resolves.toEqualTypeOf<Result<void, TaskFailureCode>>();
    expectTypeOf(runner.submit(async () => true as boolean)).resolves.toEqualTypeOf<Result<boolean, TaskFailureCode>>();
  });

  it("adds its codes to those of the Result that a task gives", () => {
    const submitted = runner.submit(findInvoice);
    expectTypeOf(submitted).resolves.toEqualTypeOf<Result<{ id: string }, "NOT_FOUND" | TaskFailureCode>>();
    expectTypeOf<TaskResult<Result<number, "A"> | string>>().toEqualTypeOf<
      Result<number | string, "A" | TaskFailureCode>
    >();
    expectTypeOf(runner.submit(async () => Result.error("GONE", ""))).resolves.toEqualTypeOf<
      Result<never, "GONE" | TaskFailureCode>
    >();
  });

  it("gives the task a signal", () => {
    void runner.submit(async (signal) => expectTypeOf(signal).toEqualTypeOf<AbortSignal>());
  });

  it("takes a function, not a promise and not a synchronous one", () => {
    // @ts-expect-error A promise has been begun already.
    void runner.submit(Promise.resolve(1));
    // @ts-expect-error A task is asynchronous.
    void runner.submit(() => 1);
  });

  it("takes a priority by its constant or by its name", () => {
    expectTypeOf<TaskPriority>().toEqualTypeOf<"CRITICAL" | "HIGH" | "NORMAL" | "LOW">();
    void runner.submit(findInvoice, { priority: TaskPriority.LOW });
    void runner.submit(findInvoice, { priority: "CRITICAL" });
    // @ts-expect-error There is no such priority.
    void runner.submit(findInvoice, { priority: "URGENT" });
  });
});

describe("runner.gather", () => {
  it("gives the Result of each of several tasks at its place", () => {
    const gathered = runner.gather([findInvoice, async () => "text"]);
    expectTypeOf(gathered).resolves.toEqualTypeOf<
      [Result<{ id: string }, "NOT_FOUND" | TaskFailureCode | "REJECTED">, Result<string, TaskFailureCode | "REJECTED">]
    >();
  });

  it("gives a list for a list", () => {
    expectTypeOf(runner.gather(readNumbers)).resolves.toEqualTypeOf<GatheredResult<number>[]>();
    expectTypeOf<GatheredResult<number>>().toEqualTypeOf<Result<number, TaskFailureCode | "REJECTED">>();
  });

  it("is of the types that settleAll gives for what was submitted", () => {
    const settled = settleAll([runner.submit(findInvoice)]);
    expectTypeOf(settled).resolves.toEqualTypeOf<
      Awaited<ReturnType<typeof findInvoice>> extends infer R ? GatheredResult<R>[] : never
    >();
  });

  it("hands each task a signal", () => {
    void runner.gather([async (signal) => expectTypeOf(signal).toEqualTypeOf<AbortSignal>()]);
  });
});
