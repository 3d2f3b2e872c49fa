// Packs the three built packages into a folder, as `npm publish` would upload them.
import { mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { findNpm, runOrFail } from "./command.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Empties the folder and packs into it.
 *
 * @param {string} folder
 * @returns {Promise<string[]>} the names of the tarballs
 */
export async function pack(folder) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const npm = findNpm();
  const args = [...npm.args, "pack", "--workspaces", "--json", "--pack-destination", folder];
  const { stdout } = await runOrFail(npm.command, args, { cwd: root });
  return Object.values(JSON.parse(stdout)).map(({ filename }) => filename);
}
