import { vi, expect } from "vitest";
import { postOrder } from "./orders-client.js";

/** Clients that place orders at several fronts, until so many are accepted. A front that does not answer is left for another one. */
export class OrdersLoad {
  readonly #fronts: readonly string[];
  /** The ids of the orders that were answered with 201. */
  readonly accepted: string[] = [];

  constructor(fronts: readonly string[]) {
    this.#fronts = fronts;
  }

  async run(count: number, clients = 12): Promise<void> {
    await Promise.all(Array.from({ length: clients }, (_, client) => this.#place(count, client)));
  }

  /** Waits until so many are accepted. */
  async reaches(count: number): Promise<void> {
    await vi.waitFor(() => expect(this.accepted.length).toBeGreaterThanOrEqual(count), {
      timeout: 20_000,
      interval: 5,
    });
  }

  async #place(count: number, first: number): Promise<void> {
    for (let turn = first; this.accepted.length < count; turn++) {
      const response = await postOrder(this.#fronts[turn % this.#fronts.length]!).catch(() => undefined);
      if (response?.status === 201) this.accepted.push(((await response.json()) as { id: string }).id);
      else await response?.arrayBuffer();
    }
  }
}
