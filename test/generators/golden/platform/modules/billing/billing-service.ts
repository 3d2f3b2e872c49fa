import { Result, Service } from "@phasewise/runtime";

/** Collects names, for example: put what this service is for in their place. */
export class BillingService extends Service {
  readonly #names = new Set<string>();

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
}
