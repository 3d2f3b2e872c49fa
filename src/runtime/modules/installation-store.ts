import { PhasewiseError } from "../results/coded-error.js";

/** That a version of a module is installed. */
export interface Installation {
  readonly version: string;
  /** The moment of the installation as an ISO 8601 text in UTC. */
  readonly installedAt: string;
}

/**
 * Remembers which version of each module is installed, so that `install` runs once a version. Implement it on a database
 * where several machines share one installation: a table with the module's id as its primary key is enough.
 *
 * A `save` is all or nothing, and a `find` that begins after it gives what was saved. The runtime never calls two methods for
 * one module at the same time; other processes may.
 *
 * @example
 * ```ts
 * import type { Installation, InstallationStore } from "@phasewise/runtime";
 *
 * export function memoryInstallationStore(): InstallationStore {
 *   const installations = new Map<string, Installation>();
 *   return {
 *     find: async (moduleId) => installations.get(moduleId),
 *     save: async (moduleId, installation) => void installations.set(moduleId, installation),
 *     remove: async (moduleId) => void installations.delete(moduleId),
 *   };
 * }
 * ```
 */
export interface InstallationStore {
  /** What is installed of the module; nothing if it is not. */
  find(moduleId: string): Promise<Installation | undefined>;
  /** Replaces what was remembered of the module. */
  save(moduleId: string, installation: Installation): Promise<void>;
  /** Forgets the module; it may be unknown. */
  remove(moduleId: string): Promise<void>;
}

/** What can be wrong with the files of `fileInstallationStore`. */
export type InstallationErrorCode = "INSTALLATION_DAMAGED" | "INSTALLATIONS_UNUSABLE" | "INVALID_MODULE_ID";

/** What a damaged installation file, or a folder that cannot be used, throws. The message names it and the remedy. */
export class InstallationError extends PhasewiseError<InstallationErrorCode> {}
