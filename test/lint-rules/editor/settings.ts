import { pathToFileURL } from "node:url";

/** What the editor can do, as far as the server asks. */
export const capabilities = {
  workspace: { configuration: true, workspaceFolders: true, applyEdit: true },
  textDocument: {
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "source.fixAll.eslint"] } },
      isPreferredSupport: true,
    },
    diagnostic: {},
  },
};

/** What VS Code tells the server of its settings, at their defaults, for files of this folder. */
export function getSettings(folder: string): object {
  return {
    validate: "on",
    run: "onType",
    nodePath: null,
    workingDirectory: { directory: folder },
    workspaceFolder: { uri: pathToFileURL(folder).href, name: "workspace" },
    codeAction: {
      disableRuleComment: { enable: true, location: "separateLine", commentStyle: "line" },
      showDocumentation: { enable: true },
    },
    codeActionOnSave: { mode: "all" },
    experimental: {},
    problems: { shortenToSingleLine: false },
    rulesCustomizations: [],
    options: {},
    packageManager: "npm",
    useESLintClass: true,
    format: false,
    quiet: false,
    onIgnoredFiles: "off",
  };
}
