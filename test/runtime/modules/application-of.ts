import {
  type Application,
  type Clock,
  createApplication,
  createLogger,
  type Module,
  type BootOptions,
} from "@phasewise/runtime";

/** An application of these modules that writes no log lines. */
export function applicationOf(modules: readonly Module[], options: BootOptions & { clock?: Clock } = {}): Application {
  return createApplication({ logger: createLogger({ write: () => {} }), ...options, modules });
}
