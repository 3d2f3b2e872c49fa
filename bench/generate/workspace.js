import { access, mkdir, mkdtemp, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The files of a module; `name` may be the placeholder of a template. */
export const moduleFiles = [
  {
    path: (/** @type {string} */ name) => `modules/${name}/module.ts`,
    text: (/** @type {string} */ name) => `import { defineModule } from "@phasewise/runtime";
import { ModuleService } from "./${name}-service.js";

export default defineModule({
  id: "${name}",
  version: "1.0.0",
  async initialize(context) {
    context.registerService("${name}", new ModuleService());
  },
});
`,
  },
  {
    path: (/** @type {string} */ name) => `modules/${name}/${name}-service.ts`,
    text: () => `import { Result, Service } from "@phasewise/runtime";

export class ModuleService extends Service {
  async ping() {
    return Result.success("pong");
  }
}
`,
  },
  {
    path: (/** @type {string} */ name) => `modules/${name}/${name}-service.test.ts`,
    text: (/** @type {string} */ name) => `import { expect, it } from "vitest";
import { ModuleService } from "./${name}-service.js";

it("answers", async () => {
  expect(await new ModuleService().ping()).toMatchObject({ success: true });
});
`,
  },
];

/**
 * Makes a workspace with so many modules.
 *
 * @param {number} size
 * @param {Readonly<Record<string, string>>} files more of them
 */
export async function makeWorkspace(size, files) {
  const root = await mkdtemp(join(tmpdir(), "phasewise-bench-generate-"));
  const manifest = { type: "module", dependencies: { "@phasewise/runtime": "*" } };
  await writeInto(root, "package.json", JSON.stringify(manifest));
  await symlink(fileURLToPath(new URL("../node_modules", import.meta.url)), join(root, "node_modules"), "junction");
  for (const [path, text] of Object.entries(files)) await writeInto(root, path, text);
  for (let index = 0; index < size; index++) {
    for (const { path, text } of moduleFiles) await writeInto(root, path(`unit-${index}`), text(`unit-${index}`));
  }
  return root;
}

/** Makes sure that a generator has done its work. @param {string} root @param {string} id */
export async function requireModule(root, id) {
  for (const { path } of moduleFiles) await access(join(root, path(id)));
}

/** @param {string} root @param {string} path @param {string} text */
async function writeInto(root, path, text) {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}
