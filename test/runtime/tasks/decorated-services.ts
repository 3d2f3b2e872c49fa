import {
  initialized,
  Result,
  retry,
  Service,
  timeout,
  transactional,
  type TransactionSource,
} from "@phasewise/runtime";

export class RateService extends Service<{ readonly rate: number }> {
  readonly calls: unknown[] = [];
  #work: (call: number) => Promise<Result<number, "BUSY">>;

  constructor(work: (call: number) => Promise<Result<number, "BUSY">> = async (call) => Result.success(call)) {
    super();
    this.#work = work;
  }

  @initialized
  async findInitialized(_currency: string): Promise<Result<number, "NOT_INITIALIZED" | "BUSY">> {
    return this.#call();
  }

  @timeout(500)
  async findInTime(_currency: string, _signal?: AbortSignal): Promise<Result<number, "TIMED_OUT" | "BUSY">> {
    return this.#call();
  }

  @retry({ maxAttempts: 3, delayMs: 100, jitter: "none", isRetryable: (error) => error !== "fatal" })
  async findAgain(_currency: string, _options?: { signal: AbortSignal }): Promise<Result<number, "BUSY">> {
    return this.#call();
  }

  @initialized
  @retry({ maxAttempts: 2, delayMs: 100, jitter: "none" })
  @timeout(500)
  async findWithAll(_currency: string): Promise<Result<number, "NOT_INITIALIZED" | "TIMED_OUT" | "BUSY">> {
    return this.#call();
  }

  @initialized
  async echo<T>(value: T): Promise<Result<T, "NOT_INITIALIZED">> {
    return Result.success(value);
  }

  #call(): Promise<Result<number, "BUSY">> {
    this.calls.push(this);
    return this.#work(this.calls.length);
  }
}

type Step = () => Promise<Result<unknown, "BUSY">>;

export class OrderService {
  readonly #database: TransactionSource<unknown>;

  constructor(database: TransactionSource<unknown>) {
    this.#database = database;
  }

  @transactional((self: OrderService) => self.#database)
  async place(step: Step, _signal?: AbortSignal): Promise<Result<unknown, "BUSY">> {
    return step();
  }

  @transactional((self: OrderService) => self.#database)
  async reserve(step: Step): Promise<Result<unknown, "BUSY">> {
    return step();
  }
}
