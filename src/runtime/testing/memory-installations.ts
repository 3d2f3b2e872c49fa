import type { Installation, InstallationStore } from "../modules/installation-store.js";

/** Remembers installations for one test: each module is installed anew, and no file is written. */
export function memoryInstallations(): InstallationStore {
  const installations = new Map<string, Installation>();
  return {
    find: async (moduleId) => installations.get(moduleId),
    save: async (moduleId, installation) => void installations.set(moduleId, installation),
    remove: async (moduleId) => void installations.delete(moduleId),
  };
}
