import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { generateWorkspace } from "../../test/lint-rules/generated-workspace/generate-workspace.js";

/**
 * A workspace on disk.
 *
 * @typedef {object} WrittenWorkspace
 * @property {string} folder
 * @property {number} files how many TypeScript files it has
 * @property {number} lines
 * @property {import("../../test/lint-rules/generated-workspace/marks.js").Mark[]} violations
 */

const repository = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Writes a generated workspace in place of whatever is in the folder. Its packages are those of the repository.
 *
 * @param {string} folder
 * @param {import("../../test/lint-rules/generated-workspace/generate-workspace.js").WorkspaceOptions} options
 * @returns {Promise<WrittenWorkspace>}
 */
export async function writeWorkspace(folder, options) {
  const { files, violations } = generateWorkspace(options);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await symlink(join(repository, "node_modules"), join(folder, "node_modules"), "junction");
  const all = { ...files, "package.json": JSON.stringify(manifest), "tsconfig.json": JSON.stringify(tsconfig) };
  for (const [file, text] of Object.entries(all)) {
    const path = join(folder, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  const texts = Object.values(files);
  const lines = texts.reduce((sum, text) => sum + text.split("\n").length - 1, 0);
  return { folder, files: texts.length, lines, violations };
}

const manifest = { name: "generated", private: true, type: "module" };

/** As in the template of an application. */
const tsconfig = {
  compilerOptions: {
    target: "es2023",
    lib: ["es2023", "esnext.disposable"],
    types: ["node"],
    module: "nodenext",
    moduleDetection: "force",
    verbatimModuleSyntax: true,
    isolatedModules: true,
    erasableSyntaxOnly: true,
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noImplicitOverride: true,
    noImplicitReturns: true,
    noFallthroughCasesInSwitch: true,
    noPropertyAccessFromIndexSignature: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ["modules"],
};
