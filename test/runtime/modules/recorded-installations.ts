import type { Installation, InstallationStore } from "@phasewise/runtime";

/** Installations in memory, to be looked at by the test. */
export class RecordedInstallations implements InstallationStore {
  readonly #installations = new Map<string, Installation>();

  /** What is installed, as `id version`. */
  get list(): string[] {
    return [...this.#installations].map(([id, { version }]) => `${id} ${version}`);
  }

  async find(moduleId: string): Promise<Installation | undefined> {
    return this.#installations.get(moduleId);
  }

  async save(moduleId: string, installation: Installation): Promise<void> {
    this.#installations.set(moduleId, installation);
  }

  async remove(moduleId: string): Promise<void> {
    this.#installations.delete(moduleId);
  }
}
