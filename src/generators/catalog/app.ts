import { basename, relative, sep } from "node:path";
import { createFile, createJsonFile } from "../changes/change.js";
import { defineGenerator } from "../define-generator.js";
import { GeneratorError } from "../errors.js";
import { kebabCase } from "../names.js";
import type { Project } from "../project.js";
import { newFolder, optionalFolder } from "../questions/folder.js";
import { checkPackageName, packageName } from "../questions/package-name.js";
import { findPackedVersions, publishedVersions, type ReleaseVersions } from "../release.js";

const verbatimFiles = [
  ".editorconfig",
  ".github/workflows/check.yml",
  ".github/workflows/ci.yml",
  ".vscode/extensions.json",
  ".vscode/settings.json",
  "eslint.config.js",
  "modules/greeting/greeting-service.test.ts",
  "modules/greeting/greeting-service.ts",
  "modules/greeting/module.ts",
  "phasewise.config.js",
  "src/main.ts",
  "tsconfig.build.json",
  "tsconfig.json",
  "vitest.config.js",
];

/** Makes a whole application in a new folder: one module, its test, the gate, and everything around it. */
export default defineGenerator({
  name: "app",
  summary: "Make an application in a new folder",
  questions: {
    folder: newFolder("Folder of the new application"),
    name: packageName(),
    packages: optionalFolder("Folder with packed Phasewise packages (.tgz) to use instead of published ones"),
  },
  sample: { folder: "demo", name: undefined, packages: undefined },
  examples: ["app shop", "app services/shop --name @acme/shop"],
  newWorkspace: ({ folder }) => folder,
  findTaken: async (_, project) => {
    const names = (await project.namesIn(".")) ?? [];
    return names.length === 0
      ? undefined
      : `The folder ${project.root} is not empty. Choose a new one, or empty it first.`;
  },
  plan: async ({ folder, name = basename(folder), packages }, project) => {
    rejectUnusableName(name);
    const path = packages && relative(project.root, packages).split(sep).join("/");
    const versions = path === undefined ? publishedVersions : await findPackedVersions(path, project);
    return [
      createJsonFile("package.json", manifestOf(name, versions)),
      createFile("README.md", "app/README.md.hbs", { name }),
      createFile(".gitignore", "app/gitignore"),
      ...verbatimFiles.map((file) => createFile(file, `app/${file}`)),
    ];
  },
  nextSteps: () => ["npm install", "npm run check && npm test", "npm run dev"],
});

function rejectUnusableName(name: string): void {
  const problem = checkPackageName(name);
  if (problem === undefined) return;
  throw new GeneratorError("INVALID_ANSWER", `${problem} Give the name with --name ${kebabCase(name) || "shop"}.`);
}

function manifestOf(name: string, versions: ReleaseVersions) {
  return {
    name,
    version: "0.1.0",
    private: true,
    type: "module",
    engines: { node: "^20.19 || ^22.13 || >=24" },
    scripts: {
      build: "tsc -p tsconfig.build.json",
      start: "node dist/src/main.js",
      dev: "tsx watch src/main.ts",
      check: "phasewise check",
      types: "tsc --noEmit",
      test: "vitest run",
    },
    dependencies: { "@phasewise/runtime": versions.runtime },
    devDependencies: {
      "@phasewise/eslint-plugin": versions.plugin,
      "@types/node": "^20.19.43",
      "@typescript/native": "npm:typescript@7.0.2",
      eslint: "^10.15.0",
      phasewise: versions.phasewise,
      tsx: "^4.23.15",
      typescript: "npm:@typescript/typescript6@^6.0.2",
      vitest: "^4.1.12",
    },
  };
}
