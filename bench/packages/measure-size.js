import { isBuiltin } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { rolldown } from "rolldown";

/**
 * The size of a bundle, minified and compressed, in kB.
 *
 * @typedef {object} Size
 * @property {number} total
 * @property {number} loaded what is loaded with the entry; the rest is loaded later, where it is needed
 */

const compress = promisify(gzip);
const root = fileURLToPath(new URL("..", import.meta.url));
const WHOLE = "\0whole";

/** All exports of these packages. @param {readonly string[]} entries */
export function measureEntries(entries) {
  const code = entries.map((entry, index) => `export * as e${index} from ${JSON.stringify(entry)};`).join("\n");
  return measureBundle(WHOLE, {
    name: "whole",
    resolveId: (/** @type {string} */ id) => (id === WHOLE ? id : null),
    load: (/** @type {string} */ id) => (id === WHOLE ? code : null),
  });
}

/** A program with what it uses of the packages that it imports. @param {string} file relative to this one */
export function measureProgram(file) {
  return measureBundle(fileURLToPath(new URL(file, import.meta.url)));
}

/**
 * @param {string} input
 * @param {import("rolldown").Plugin} [plugin]
 * @returns {Promise<Size>}
 */
async function measureBundle(input, plugin) {
  const plugins = [plugin, leaveOutOptionalPackages];
  const bundle = await rolldown({ cwd: root, input, platform: "node", logLevel: "silent", plugins });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  await bundle.close();
  const chunks = output.filter((part) => part.type === "chunk");
  return { total: await compressedKb(chunks), loaded: await compressedKb(findLoaded(chunks)) };
}

/** The entry and what it imports at once. @param {readonly import("rolldown").OutputChunk[]} chunks */
function findLoaded(chunks) {
  const loaded = new Set(chunks.filter(({ isEntry }) => isEntry));
  for (const { imports } of loaded) {
    for (const chunk of chunks) if (imports.includes(chunk.fileName)) loaded.add(chunk);
  }
  return [...loaded];
}

/** @param {readonly import("rolldown").OutputChunk[]} chunks */
async function compressedKb(chunks) {
  const sizes = await Promise.all(chunks.map(async ({ code }) => (await compress(code)).length));
  return sizes.reduce((sum, size) => sum + size, 0) / 1e3;
}

/**
 * A package that another one imports where it is installed, or where it is asked for, is not part of it.
 *
 * @type {import("rolldown").Plugin}
 */
const leaveOutOptionalPackages = {
  name: "leave-out-optional-packages",
  async resolveId(id, importer, { kind }) {
    if (isBuiltin(id) || /^[./\0]/.test(id)) return null;
    const found = kind === "dynamic-import" ? null : await this.resolve(id, importer, { kind, skipSelf: true });
    return found ?? { id, external: true };
  },
};
