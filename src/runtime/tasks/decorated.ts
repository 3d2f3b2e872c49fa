/** A method that a decorator may stand before: `R` is what its promise gives. */
export type AsyncMethod<This, Args extends unknown[], R> = (this: This, ...args: Args) => Promise<R>;

/** The replacement of a method, with the name and the number of parameters of the method. */
export function decorated<F extends Function>(method: Function, replacement: F): F {
  return Object.defineProperties(replacement, { name: { value: method.name }, length: { value: method.length } });
}

/** The signal that a method was called with: its last argument, or the `signal` of that. */
export function findSignal(args: readonly unknown[]): AbortSignal | undefined {
  const last = args.at(-1);
  if (last instanceof AbortSignal) return last;
  const signal: unknown = typeof last === "object" && last !== null && "signal" in last ? last.signal : undefined;
  return signal instanceof AbortSignal ? signal : undefined;
}
