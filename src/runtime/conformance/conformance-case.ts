/**
 * One thing that every adapter of a platform service has to do. It needs no test framework: `run` rejects with an
 * `AssertionError` when the adapter does not do it.
 */
export interface ConformanceCase {
  /** A sentence about the behaviour, such as "gives back what was set". */
  readonly name: string;
  run(): Promise<void>;
}

/** Makes the service under test, alone and empty, for one case; disposed when the case has ended. */
export type ServiceFactory<S> = () => Promise<S & AsyncDisposable>;

/** Cases that each get a service of their own. */
export function casesOf<S>(
  create: ServiceFactory<S>,
  cases: Readonly<Record<string, (service: S) => Promise<void>>>,
): readonly ConformanceCase[] {
  return Object.entries(cases).map(([name, check]) => ({
    name,
    async run() {
      // Written out: the bundle is not lowered, and Node 20 knows no `using`.
      const service = await create();
      try {
        await check(service);
      } finally {
        await service[Symbol.asyncDispose]();
      }
    },
  }));
}
