import Handlebars from "handlebars";
import type { TemplateData } from "./changes/change.js";
import { camelCase, constantCase, kebabCase, pascalCase, propertyKey, stringList } from "./names.js";

const handlebars = Handlebars.create();
handlebars.registerHelper({ camelCase, constantCase, kebabCase, pascalCase, propertyKey, stringList });

/** The text of a template; a name that `data` lacks is an error wherever it stands, and nothing is escaped. */
export function render(template: string, data: TemplateData): string {
  return handlebars.compile<TemplateData>(template, { strict: true, noEscape: true })(rejectUnknownNames(data));
}

/** Handlebars' own strictness ends at the arguments of helpers and blocks. */
function rejectUnknownNames(data: TemplateData): TemplateData {
  return new Proxy(data, {
    get(names, name) {
      if (typeof name === "symbol" || name in names) return Reflect.get(names, name);
      throw new Error(`The template names "${name}", and its data has only: ${Object.keys(names).join(", ")}`);
    },
  });
}
