import type { ModuleHook } from "../modules/hooks.js";

/** What is done to one hook: it rejects, never ends, or the application is stopped in the midst of it. */
export interface Fault {
  readonly kind: "failure" | "hang" | "abort";
  readonly moduleId: string;
  readonly hook: ModuleHook;
}

/** Decides one run: a plain value that can be printed, kept and played again. */
export interface Schedule {
  /** The ids of all modules. Of the hooks that may go on, that of the first one here does. */
  readonly order: readonly string[];
  readonly fault?: Fault;
}

/** Orders that tell each pair of modules apart: the given one, its reverse, and each module put first and last. */
export function createTellingOrders(ids: readonly string[]): string[][] {
  const others = (id: string) => ids.filter((other) => other !== id);
  return unique([
    [...ids].reverse(),
    [...ids],
    ...ids.flatMap((id) => [
      [...others(id), id],
      [id, ...others(id)],
    ]),
  ]);
}

/** Every order if there are no more than `count`, otherwise as many by chance. */
export function createFurtherOrders(ids: readonly string[], count: number, random: () => number): string[][] {
  if (countOrders(ids.length) <= count) return permute(ids);
  return Array.from({ length: count }, () => shuffle(ids, random));
}

/** How many orders there are: infinitely many soon, as far as trying them is concerned. */
export function countOrders(length: number): number {
  return length <= 1 ? 1 : length * countOrders(length - 1);
}

/** Numbers from 0 up to 1 that depend on the seed alone (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function shuffle<T>(items: readonly T[], random: () => number): T[] {
  const left = [...items];
  return items.map(() => left.splice(Math.floor(random() * left.length), 1)[0]!);
}

function permute(ids: readonly string[]): string[][] {
  if (ids.length === 0) return [[]];
  return ids.flatMap((id) => permute(ids.filter((other) => other !== id)).map((rest) => [id, ...rest]));
}

export function unique(orders: readonly string[][]): string[][] {
  return [...new Map(orders.map((order) => [order.join(), order])).values()];
}
