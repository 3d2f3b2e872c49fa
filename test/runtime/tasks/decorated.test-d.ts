import {
  initialized,
  type Result,
  retry,
  Service,
  timeout,
  transactional,
  type TransactionSource,
} from "@phasewise/runtime";
import { describe, expectTypeOf, it } from "vitest";

declare const result: Result<number, "BUSY">;
declare const database: TransactionSource<{ query(): void }>;

describe("@timeout", () => {
  it("stands before methods that list TIMED_OUT", () => {
    class Rates {
      @timeout(500)
      async listed(_currency: string): Promise<Result<number, "BUSY" | "TIMED_OUT">> {
        return result;
      }

      @timeout(500)
      async open(): Promise<Result<number>> {
        return result;
      }

      // @ts-expect-error TIMED_OUT is not listed
      @timeout(500)
      async unlisted(): Promise<Result<number, "BUSY">> {
        return result;
      }

      // @ts-expect-error it gives no Result
      @timeout(500)
      async plain(): Promise<number> {
        return 1;
      }

      // @ts-expect-error it is not async
      @timeout(500)
      synchronous(): Result<number, "TIMED_OUT"> {
        return { success: true, data: 1 };
      }
    }
    expectTypeOf(new Rates().listed).toEqualTypeOf<
      (currency: string) => Promise<Result<number, "BUSY" | "TIMED_OUT">>
    >();
  });
});

describe("@initialized", () => {
  it("stands before methods of services that list NOT_INITIALIZED", () => {
    class Rates extends Service<{ readonly currency: string }> {
      @initialized
      async listed(): Promise<Result<number, "BUSY" | "NOT_INITIALIZED">> {
        return result;
      }

      // @ts-expect-error NOT_INITIALIZED is not listed
      @initialized
      async unlisted(): Promise<Result<number, "BUSY">> {
        return result;
      }
    }

    class PlainService extends Service {
      @initialized
      async listed(): Promise<Result<number, "NOT_INITIALIZED">> {
        return { success: true, data: 1 };
      }
    }

    class NoService {
      // @ts-expect-error its class is no Service
      @initialized
      async listed(): Promise<Result<number, "NOT_INITIALIZED">> {
        return { success: true, data: 1 };
      }
    }
    void [Rates, PlainService, NoService];
  });
});

describe("@retry and @transactional", () => {
  it("stand before methods that give a Result, and need no code of their own", () => {
    class Orders {
      database = database;

      @retry({ maxAttempts: 5 })
      async again(): Promise<Result<number, "BUSY">> {
        return result;
      }

      // @ts-expect-error it gives no Result
      @retry()
      async plain(): Promise<number> {
        return 1;
      }

      // @ts-expect-error the signal comes with the call
      @retry({ signal: AbortSignal.abort() })
      async aborted(): Promise<Result<number, "BUSY">> {
        return result;
      }

      @transactional((self: Orders) => self.database)
      async place(): Promise<Result<number, "BUSY">> {
        return result;
      }

      // @ts-expect-error this class has no such source
      @transactional((self: { store: TransactionSource<unknown> }) => self.store)
      async lost(): Promise<Result<number, "BUSY">> {
        return result;
      }
    }
    void Orders;
  });
});
