// @ts-nocheck The peers are installed in bench/ only.
import "reflect-metadata";
import { Container, ContainerModule } from "inversify";

/**
 * A `ContainerModule` each, with a singleton whose async factory is given its dependencies; all are asked for at once.
 *
 * @type {import("../cases.js").Declare}
 */
export function declare(modules) {
  const declared = modules.map(({ id, dependencies, hook }) => {
    const inject = dependencies.map((dependency) => dependency.id);
    const create = async () => ({ ready: await hook() });
    return new ContainerModule(({ bind }) => void bind(id).toResolvedValue(create, inject).inSingletonScope());
  });
  return async () => {
    const container = new Container();
    await container.load(...declared);
    await Promise.all(modules.map(({ id }) => container.getAsync(id)));
    return { app: container, close: async () => container.unbindAll() };
  };
}
