import { type ActivationContext, defineModule, type Result } from "@phasewise/runtime";
import { testApplication } from "@phasewise/runtime/testing";

/** What is initialized, such as a service. */
export interface Initializable<Settings> {
  initialize(context: ActivationContext, settings: Settings): Promise<Result<unknown>>;
}

/** Initializes a service in an application of its own; disposing of it stops that. */
export async function activeService<Settings, S extends Initializable<Settings> & AsyncDisposable>(
  service: S,
  settings: Settings,
): Promise<S> {
  const module = defineModule({
    id: "core.tested",
    version: "1.0.0",
    setupModule: async (context) => service.initialize(context, settings),
    stop: async () => service[Symbol.asyncDispose](),
  });
  const app = await testApplication({ modules: [module] });
  return new Proxy(service, {
    get(target, member) {
      if (member === Symbol.asyncDispose) return () => app.stop();
      const value: unknown = Reflect.get(target, member);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
