type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/** Runs a call of a method. */
export type Enclosing = <T>(call: () => T) => T;

/**
 * The object as it is for everybody who uses it, but each call of a method is made by `enclose`. Methods run on the
 * object itself, so that its private members go on to work, and reading one twice gives the same function.
 */
export function encloseMethods<T extends object>(object: T, enclose: Enclosing): T {
  const methods = new WeakMap<AnyFunction, AnyFunction>();
  return new Proxy(object, {
    get(target, member) {
      const value: unknown = Reflect.get(target, member);
      if (typeof value !== "function" || member === "constructor" || isFixed(target, member)) return value;
      const method = value as AnyFunction;
      if (!methods.has(method)) methods.set(method, (...args) => enclose(() => Reflect.apply(method, target, args)));
      return methods.get(method);
    },
    set: (target, member, value) => Reflect.set(target, member, value),
  });
}

/** A proxy must give such a member as it is. */
function isFixed(target: object, member: PropertyKey): boolean {
  const descriptor = Reflect.getOwnPropertyDescriptor(target, member);
  return descriptor?.configurable === false && descriptor.writable === false;
}
