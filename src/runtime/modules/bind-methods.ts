/** Lets the methods of a class be taken off its objects, `const { getService } = context`: each is bound when it is first read. */
export function bindMethods(prototype: object): void {
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (typeof value !== "function" || name === "constructor") continue;
    const method = value as (...values: unknown[]) => unknown;
    Object.defineProperty(prototype, name, {
      configurable: true,
      get(this: object) {
        const bound = method.bind(this);
        Object.defineProperty(this, name, { value: bound });
        return bound;
      },
    });
  }
}
