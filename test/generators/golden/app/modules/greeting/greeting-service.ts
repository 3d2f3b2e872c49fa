import { type ActivationContext, type Logger, Result, Service } from "@phasewise/runtime";

/** Greets people by their names. */
export class GreetingService extends Service {
  #logger!: Logger;

  protected override async onInitialize(context: ActivationContext) {
    this.#logger = context.logger;
    return Result.success(undefined);
  }

  /** @returns `EMPTY_NAME` for a blank name. */
  async greet(name: string): Promise<Result<string, "EMPTY_NAME" | "NOT_INITIALIZED">> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;

    const trimmed = name.trim();
    if (trimmed === "") return Result.error("EMPTY_NAME", "A name needs at least one letter.");

    this.#logger.debug("greeting", { name: trimmed });
    return Result.success(`Hello, ${trimmed}!`);
  }
}
