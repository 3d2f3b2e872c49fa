import { type ActivationContext, Result, Service } from "@phasewise/runtime";

/** Collects names, for example: put what this service is for in their place. */
export class BillingService extends Service {
  readonly #names = new Set<string>();
  #context!: ActivationContext;

  protected override async onInitialize(context: ActivationContext) {
    this.#context = context;
    return Result.success(undefined);
  }

  /**
   * Adds a name, and answers how many there are.
   * @returns `EMPTY_NAME` for a blank name, `DUPLICATE_NAME` for one that is there already.
   */
  async add(name: string): Promise<Result<number, "DUPLICATE_NAME" | "EMPTY_NAME" | "NOT_INITIALIZED">> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;

    const trimmed = name.trim();
    if (trimmed === "") return Result.error("EMPTY_NAME", "A name needs at least one letter.");
    if (this.#names.has(trimmed)) return Result.error("DUPLICATE_NAME", `"${trimmed}" is there already.`);

    this.#names.add(trimmed);
    return Result.success(this.#names.size);
  }

  /** Answers the id, for example: put what this method is for in place of that. */
  async payInvoice(id: string): Promise<Result<string, "HANDLERS_FAILED" | "NOT_INITIALIZED">> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;

    const published = await this.#context.publish("billing.invoice-paid", { id });
    if (!published.success) return published;
    return Result.success(id);
  }
}
