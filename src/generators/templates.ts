import { readFile } from "node:fs/promises";
import type { TemplateData } from "./changes/change.js";

// The build copies the repository's `templates/` beside the bundled program.
const folder = new URL(import.meta.url.endsWith(".ts") ? "../../templates/" : "./templates/", import.meta.url);

/** The text of a file below `templates/`; one that ends in `.hbs` is rendered, any other is taken word for word. */
export async function readTemplate(template: string, data: TemplateData): Promise<string> {
  const text = await readFile(new URL(template, folder), "utf8");
  if (!template.endsWith(".hbs")) return text;
  const { render } = await import("./render.js");
  return render(text, data);
}
