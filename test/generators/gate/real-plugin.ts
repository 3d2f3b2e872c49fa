import { mkdir, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Files } from "../temporary-folder.js";
import { type Workspace, createFolder } from "./workspace.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const installed = { "@phasewise/eslint-plugin": "src/lint-rules", "@types/node": "node_modules/@types/node" };
const compilerOptions = { strict: true, module: "nodenext", target: "es2022", types: ["node"], skipLibCheck: true };

/** Makes a workspace that has our own plugin installed, as it is built, and more packages of the repository. */
export async function createRealWorkspace(
  files: Files,
  more: Readonly<Record<string, string>> = {},
): Promise<Workspace> {
  const workspace = await createFolder({
    "package.json": '{ "type": "module" }',
    "tsconfig.json": JSON.stringify({ compilerOptions }),
    ...files,
  });
  for (const [name, folder] of Object.entries({ ...installed, ...more })) {
    const link = join(workspace.path, "node_modules", name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(root, folder), link);
  }
  return workspace;
}

/** A call that blocks behind a helper in another file. */
export const blockingFiles: Files = {
  "modules/billing/render.ts": [
    'import { readTemplate } from "./template.js";',
    "",
    "export async function renderInvoice(total: number): Promise<string> {",
    '  const template = readTemplate("invoice");',
    '  return template.replace("{total}", String(total));',
    "}",
    "",
  ].join("\n"),
  "modules/billing/template.ts": [
    'import { readFileSync } from "node:fs";',
    "",
    "export function readTemplate(name: string): string {",
    '  return ["a", "b"].map(() => readText(`${name}.html`)).join("");',
    "}",
    "",
    "function readText(path: string): string {",
    '  return readFileSync(path, "utf8");',
    "}",
    "",
  ].join("\n"),
};
