import type { Application } from "./application.js";
import type { ApplicationOptions } from "./application-options.js";
import { ModuleApplication } from "./module-application.js";

/**
 * Makes an application from a folder of modules, or from a list of them. Nothing happens before `start()`.
 *
 * @throws ModuleError `INVALID_OPTION` or `NOT_A_MODULE`.
 *
 * @example
 * ```ts
 * import { createApplication, formatBootReport } from "@phasewise/runtime";
 *
 * const app = createApplication({ modulesDirectory: new URL("./modules", import.meta.url) });
 * console.log(formatBootReport(await app.start()));
 * await app.stop();
 * ```
 */
export function createApplication(options: ApplicationOptions): Application {
  return new ModuleApplication(options);
}
