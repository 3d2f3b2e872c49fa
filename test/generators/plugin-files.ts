import type { Files } from "./temporary-folder.js";

const tsconfig = {
  extends: "../../../../tsconfig.base.json",
  // What is not in the tree is taken from the repository.
  compilerOptions: { noEmit: true, rootDirs: [".", "../../../.."], customConditions: ["@phasewise/source"] },
  include: ["src"],
};

const table = `| rule                    | reports                                                        |
| ----------------------- | -------------------------------------------------------------- |
| \`no-sync-io\`            | calls that block the event loop                                |
| \`require-result-return\` | public service methods that do not return \`Promise<Result<…>>\` |
`;

/** The files that a new lint rule is entered into, as they would be if there were but two rules. */
export const pluginFiles: Files = {
  "package.json": `${JSON.stringify({ type: "module" }, null, 2)}\n`,
  "tsconfig.json": `${JSON.stringify(tsconfig, null, 2)}\n`,
  "README.md": `# Phasewise\n\n## The rules\n\n${table}\nThey are type-aware.\n`,
  "docs/lint-rules.md": `# Lint rules\n\n${table}`,
  "src/lint-rules/README.md": `# @phasewise/eslint-plugin\n\n${table}`,
  "src/lint-rules/rules.ts": `import type { PluginRule } from "./define-rule.js";
import requireResultReturn from "./rules/results/require-result-return.js";
import noSyncIo from "./rules/tasks/no-sync-io.js";

/** All rules by their name without the prefix \`phasewise/\`. */
export const rules = {
  "no-sync-io": noSyncIo,
  "require-result-return": requireResultReturn,
} satisfies Record<string, PluginRule>;
`,
  "src/generators/configuration/rule-names.ts": `/** The rules of the plugin. */
export type RuleName = keyof typeof pluginRules;

const pluginRules = {
  "no-sync-io": true,
  "require-result-return": true,
};
`,
  "src/lint-rules/configs.ts": `import type { rules } from "./rules.js";

/** For a Phasewise application. */
export const recommended = {
  "phasewise/no-sync-io": "error",
  "phasewise/require-result-return": "error",
} satisfies Record<\`phasewise/\${keyof typeof rules}\`, "error" | "warn">;
`,
  "src/lint-rules/rules/tasks/no-sync-io.md": "# no-sync-io\n",
};
