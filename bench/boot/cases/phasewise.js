import { createApplication, defineModule } from "@phasewise/runtime";

/** @type {import("../cases.js").Declare} */
export function declare(modules) {
  const declared = modules.map(({ id, dependencies, hook }) =>
    defineModule({ id, version: "1.0.0", dependencies: dependencies.map(({ id }) => id), setupModule: hook }),
  );
  return async () => {
    const app = createApplication({ modules: declared, logger: silent });
    await app.start();
    return { app, close: () => app.stop() };
  };
}

/** @type {import("@phasewise/runtime").Logger} */
const silent = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };
