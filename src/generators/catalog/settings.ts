import { createFile, editFile } from "../changes/change.js";
import { defineGenerator } from "../define-generator.js";
import { importName } from "../edits/import-name.js";
import { readSettings } from "../edits/read-settings.js";
import { registerSettings } from "../edits/register-settings.js";
import { camelCase, lastSegment } from "../names.js";
import { existingModule } from "../questions/module-id.js";

/** Gives a module settings: a schema, its registration, and the reading that makes wrong settings end the boot. */
export default defineGenerator({
  name: "settings",
  summary: "Give a module settings, checked while it boots",
  questions: { module: existingModule() },
  sample: { module: "billing" },
  examples: ["settings --module billing"],
  plan: async ({ module }, project) => {
    const moduleFile = await project.moduleFile(module);
    const folder = project.moduleFolder(module);
    const name = lastSegment(module);
    const schema = `${camelCase(name)}Settings`;
    return [
      createFile(`${folder}/${name}-settings.ts`, "settings/settings.ts.hbs", { name }),
      createFile(`${folder}/${name}-settings.test.ts`, "settings/settings.test.ts.hbs", { name, module }),
      editFile(moduleFile, importName(schema, `./${name}-settings.js`), registerSettings(schema), readSettings(schema)),
    ];
  },
  nextSteps: ({ module }) => [
    `Put the settings into ${lastSegment(module)}-settings.ts, and run its test: npx vitest run modules`,
    `Set them in settings/${module}.json, or by environment variables: see docs/settings.md of Phasewise`,
  ],
});
