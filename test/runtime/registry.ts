import type { Service } from "@phasewise/runtime";

/** A service of the tests, by its public face. */
export interface Counter {
  readonly count: number;
}

declare module "@phasewise/runtime" {
  interface ServiceRegistry {
    "alpha.counter": Counter;
    "alpha.other": Counter;
    "beta.counter": Counter;
    "beta.service": Service;
  }
}
