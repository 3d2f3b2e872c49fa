import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { moduleFiles } from "./workspace.js";

const { resolve } = createRequire(import.meta.url);
const ours = (/** @type {string} */ program) =>
  fileURLToPath(new URL(`../../src/generators/dist/${program}.js`, import.meta.url));

/**
 * A generator that makes the three files of a module, without asking.
 *
 * @typedef {object} Case
 * @property {string} name
 * @property {"own" | "bound" | "peer"} kind
 * @property {(id: string, root: string) => readonly string[]} command what Node runs
 * @property {Readonly<Record<string, string>>} files what it needs in the workspace
 */

const schema = `{ "$id": "module", "type": "object", "properties": { "name": { "type": "string" } }, "required": ["name"] }`;

/** @type {readonly Case[]} */
export const cases = [
  { name: "create-module", kind: "own", command: (id) => [ours("create-module"), id], files: {} },
  { name: "bare Node", kind: "bound", command: () => ["--eval", "0"], files: {} },
  {
    name: "hygen",
    kind: "peer",
    command: (id) => [resolve("hygen/dist/bin.js"), "module", "new", "--name", id],
    files: Object.fromEntries(
      moduleFiles.map(({ path, text }, index) => [
        `_templates/module/new/${index}.ejs.t`,
        `---\nto: ${path("<%= name %>")}\n---\n${text("<%= name %>")}`,
      ]),
    ),
  },
  {
    name: "plop",
    kind: "peer",
    command: (id) => [resolve("plop/bin/plop.js"), "--no-progress", "module", id],
    files: {
      "plopfile.mjs": `export default function (plop) {
  plop.setGenerator("module", {
    description: "Add a module",
    prompts: [{ type: "input", name: "name", message: "Id" }],
    actions: [${moduleFiles.map(({ path }, index) => `{ type: "add", path: ${JSON.stringify(path("{{name}}"))}, templateFile: "plop/${index}.hbs" }`).join(", ")}],
  });
}
`,
      ...Object.fromEntries(moduleFiles.map(({ text }, index) => [`plop/${index}.hbs`, text("{{name}}")])),
    },
  },
  {
    name: "Nest",
    kind: "peer",
    command: (id, root) => {
      const collection = `${root}/schematics/collection.json`;
      return [resolve("@nestjs/cli/bin/nest.js"), "generate", "--collection", collection, "module", id];
    },
    files: {
      "nest-cli.json": `{ "sourceRoot": "." }`,
      "schematics/collection.json": `{ "schematics": { "module": { "description": "Add a module", "factory": "./module.cjs", "schema": "./schema.json" } } }`,
      "schematics/schema.json": schema,
      "schematics/module.cjs": `const { apply, applyTemplates, mergeWith, url } = require("@angular-devkit/schematics");
exports.default = ({ name }) => mergeWith(apply(url("./files"), [applyTemplates({ name })]));
`,
      ...Object.fromEntries(
        moduleFiles.map(({ path, text }) => [`schematics/files/${path("__name__")}.template`, text("<%= name %>")]),
      ),
    },
  },
  {
    name: "Nx",
    kind: "peer",
    command: (id) => [resolve("nx/bin/nx.js"), "generate", "./generators/generators.json:module", `--name=${id}`],
    files: {
      "nx.json": "{}",
      "generators/generators.json": `{ "generators": { "module": { "factory": "./module.cjs", "schema": "./schema.json" } } }`,
      "generators/schema.json": schema,
      "generators/module.cjs": `const { generateFiles } = require("@nx/devkit");
module.exports = async (tree, { name }) => generateFiles(tree, __dirname + "/files", ".", { name });
`,
      ...Object.fromEntries(
        moduleFiles.map(({ path, text }) => [`generators/files/${path("__name__")}.template`, text("<%= name %>")]),
      ),
    },
  },
];
