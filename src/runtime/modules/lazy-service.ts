import { isFailure } from "../results/is-failure.js";
import type { ActivationContext } from "../services/activation-context.js";
import { Service } from "../services/service.js";
import { lazyServiceFailed } from "./errors.js";
import { ModuleError } from "./module-error.js";
import type { Activity } from "./wait-for-graph.js";

/** A service that is made when it is first asked for: once, however many ask at the same time. After a failure it is tried again. */
export class LazyService implements Activity {
  readonly name: string;
  waits?: NonNullable<Activity["waits"]>;
  readonly #id: string;
  readonly #create: (context: ActivationContext) => unknown;
  #service: object | undefined;
  #making: Promise<object> | undefined;
  #isClosed = false;

  constructor(id: string, create: (context: ActivationContext) => unknown) {
    this.#id = id;
    this.#create = create;
    this.name = `service "${id}"`;
  }

  /** The service, if it has been made. */
  get service(): object | undefined {
    return this.#service;
  }

  get isMaking(): boolean {
    return this.#making !== undefined;
  }

  findPrerequisites(): readonly Activity[] {
    return [];
  }

  isHeldByWaits(): boolean {
    return this.isMaking;
  }

  /** The making begins after this call, so that one that asks for the service itself finds it in the making. */
  async get(context: ActivationContext): Promise<object> {
    if (this.#service) return this.#service;
    const making = (this.#making ??= Promise.resolve().then(() => this.#make(context)));
    try {
      return await making;
    } finally {
      if (this.#making === making) this.#making = undefined;
    }
  }

  /** Resolves when nothing is being made any more. Never rejects. */
  async settle(): Promise<void> {
    await Promise.allSettled([this.#making]);
  }

  /** Gives the service, if it has been made, to be disposed. One that is made after this is disposed at once. */
  close(): object | undefined {
    this.#isClosed = true;
    return this.#service;
  }

  async #make(context: ActivationContext): Promise<object> {
    try {
      const service = await this.#create(context);
      if (typeof service !== "object" || service === null) throw new TypeError(`the function gave ${String(service)}`);
      const outcome = service instanceof Service ? await service.initialize(context, undefined as never) : undefined;
      if (isFailure(outcome)) throw outcome;
      if (this.#isClosed) await discard(service, context);
      return (this.#service = service);
    } catch (cause) {
      const origin = isFailure(cause) ? cause.error.cause : cause;
      const isDeadlock = origin instanceof ModuleError && origin.code === "DEADLOCK";
      throw isDeadlock ? origin : lazyServiceFailed(this.#id, cause);
    }
  }
}

/** A service that is there when its module has been stopped has nobody else who would dispose it. */
async function discard(service: Partial<AsyncDisposable>, { logger }: ActivationContext): Promise<never> {
  try {
    await service[Symbol.asyncDispose]?.();
  } catch (error) {
    logger.error("a service that was made too late was not disposed properly", { error });
  }
  throw new Error("its module was stopped in the meantime");
}
