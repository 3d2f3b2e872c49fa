import type { Generator } from "../define-generator.js";
import { findMarkedWorkspace, findWorkspace } from "../workspace.js";

/** The workspace that a generator works on when it is run for a folder; that folder, if it makes a new one. */
export async function workspaceFor({ newWorkspace, workspaceFile }: Generator, cwd: string): Promise<string> {
  if (newWorkspace !== undefined) return cwd;
  return workspaceFile === undefined ? findWorkspace(cwd) : findMarkedWorkspace(cwd, workspaceFile);
}
