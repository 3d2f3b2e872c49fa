import { onTestFinished } from "vitest";
import { activeService, type Initializable } from "./active-service.js";

/** Initializes a service in an application of its own, which stops when the test ends, if not before. */
export async function initializeService<Settings, S extends Initializable<Settings> & AsyncDisposable>(
  service: S,
  settings: Settings,
): Promise<S> {
  const active = await activeService(service, settings);
  onTestFinished(() => active[Symbol.asyncDispose]());
  return active;
}
