import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { TemplateData } from "./changes/change.js";
import type { Generator } from "./define-generator.js";
import { GeneratorError } from "./errors.js";
import { findOverrides } from "./template-overrides.js";
import { readTemplateIn } from "./template-folder.js";

/** Our templates: the build copies the repository's `templates/` beside the bundled program. */
export const ourFolder = new URL(
  import.meta.url.endsWith(".ts") ? "../../templates/" : "./templates/",
  import.meta.url,
);

/** Gives the text of a template: one that ends in `.hbs` is rendered, any other is taken word for word. */
export interface Templates {
  read(template: string, data: TemplateData): Promise<string>;
}

/** Our templates as they are, without those of a workspace. */
export const ourTemplates: Templates = {
  read: async (template, data) => renderFile(template, await readOurTemplate(template), data),
};

/** A template of ours, not rendered. */
export function readOurTemplate(template: string): Promise<string> {
  return readFile(new URL(template, ourFolder), "utf8");
}

/**
 * The templates of a generator in the workspace at `root`, first match first: those beside the file of the generator,
 * those that the workspace has in `templates/`, and ours.
 */
export function openTemplates({ file }: Pick<Generator, "file">, root: string): Templates {
  let overrides: Promise<string | undefined> | undefined;
  return {
    read: async (template, data) => {
      const own = file === undefined ? undefined : await readTemplateIn(folderOf(file), template);
      if (own !== undefined) return renderFile(own.name, own.text, data);
      const folder = await (overrides ??= findOverrides(root));
      const found = folder === undefined ? undefined : await readTemplateIn(folder, `templates/${template}`);
      if (found !== undefined) return renderFile(found.name, found.text, data);
      if (file === undefined) return ourTemplates.read(template, data);
      return ourTemplates.read(template, data).catch((error: unknown) => {
        throw isMissing(error) ? templateMissing(template, file) : error;
      });
    },
  };
}

function folderOf(file: string): string {
  return dirname(file.startsWith("file:") ? fileURLToPath(file) : file);
}

async function renderFile(name: string, text: string, data: TemplateData): Promise<string> {
  if (!name.endsWith(".hbs")) return text;
  const { render } = await import("./render.js");
  try {
    return render(text, data);
  } catch (cause) {
    const message = `The template ${name} cannot be rendered: ${(cause as Error).message.replace(/\.?$/, ".")}`;
    throw new GeneratorError("BROKEN_TEMPLATE", `${message} Nothing was written.`, { cause });
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function templateMissing(template: string, file: string): GeneratorError {
  return new GeneratorError(
    "BROKEN_TEMPLATE",
    `There is no template ${template}: neither below ${folderOf(file)}, nor in templates/ of the workspace, nor among those of Phasewise. ` +
      "Give its path relative to the file of the generator.",
  );
}
