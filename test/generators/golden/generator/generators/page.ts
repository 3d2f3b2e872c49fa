import { createFile, defineGenerator, existingModule, newName } from "phasewise";

/** Adds a page to a module, for example: put what this generator is for in place of that. */
export default defineGenerator({
  name: "page",
  summary: "Add a page to a module",
  file: import.meta.url,
  questions: { title: newName("page", "overview"), module: existingModule() },
  sample: { title: "overview", module: "orders" },
  plan: async ({ title, module }, project) => {
    await project.moduleFile(module);
    return [createFile(`${project.moduleFolder(module)}/${title}.md`, "templates/page.md.hbs", { title, module })];
  },
});
