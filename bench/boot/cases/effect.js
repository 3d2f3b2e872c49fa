// @ts-nocheck The peers are installed in bench/ only.
import { Context, Effect, Layer, ManagedRuntime } from "effect";

/**
 * A `Layer.effect` each, given the layers it depends on by `Layer.provide`, merged and built by a `ManagedRuntime`.
 *
 * @type {import("../cases.js").Declare}
 */
export function declare(modules) {
  const declared = new Map();
  for (const module of modules) {
    const needed = module.dependencies.map((dependency) => declared.get(dependency));
    const tag = Context.Service(module.id);
    const service = Effect.gen(function* () {
      for (const dependency of needed) yield* dependency.tag;
      yield* Effect.promise(module.hook);
      return { id: module.id };
    });
    const layer = Layer.effect(tag, service);
    const provided = needed.map((dependency) => dependency.layer);
    declared.set(module, { tag, layer: needed.length > 0 ? Layer.provide(layer, Layer.mergeAll(...provided)) : layer });
  }
  const all = Layer.mergeAll(...[...declared.values()].map(({ layer }) => layer));
  return async () => {
    const runtime = ManagedRuntime.make(all);
    await runtime.runPromise(Effect.void);
    return { app: runtime, close: () => runtime.dispose() };
  };
}
