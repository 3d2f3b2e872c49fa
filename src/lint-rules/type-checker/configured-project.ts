import type { Project } from "./types.js";

/** A project without a tsconfig is inferred, under a name of the checker's own. */
export function isConfigured({ configFileName }: Project): boolean {
  return !configFileName.startsWith("/dev/null/");
}
