import type { BootOptions } from "../modules/application-options.js";
import { defineModule, type Module } from "../modules/define-module.js";
import { ModuleApplication } from "../modules/module-application.js";
import { ServiceTable } from "../modules/service-table.js";
import { createFakeService } from "./fake-service.js";
import { memoryInstallations } from "./memory-installations.js";
import { silentLogger } from "./silent-logger.js";

/** What an application of a test is made of. */
export interface ApplicationParts extends BootOptions {
  readonly modules: readonly Module[];
  readonly services: Readonly<Record<string, object>>;
  readonly enclose: <T>(moduleId: string, work: () => T) => T;
}

/**
 * An application with fakes for services and stand-ins for the dependencies that are not given. It writes no log lines,
 * and installs its modules anew.
 */
export function assembleApplication(parts: ApplicationParts): ModuleApplication {
  const { modules, services, enclose, ...options } = parts;
  const fakes = Object.entries(services).map(([id, fake]) => [id, createFakeService(fake)] as const);
  const allModules = [...modules, ...createStandIns(modules)];
  const defaults = { logger: silentLogger, installations: memoryInstallations() };
  return new ModuleApplication({ ...defaults, ...options, modules: allModules }, new ServiceTable(fakes), enclose);
}

function createStandIns(modules: readonly Module[]): Module[] {
  const given = new Set(modules.map(({ id }) => id));
  const needed = new Set(modules.flatMap(({ dependencies }) => dependencies.map(({ id }) => id)));
  return [...needed].filter((id) => !given.has(id)).map((id) => defineModule({ id, version: "0.0.0" }));
}
