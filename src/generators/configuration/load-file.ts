import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { brokenConfiguration } from "./broken.js";

/** What a configuration file says, whatever it is. `source` is its name in errors. */
export async function loadConfigFile(file: string, source: string): Promise<unknown> {
  try {
    if (file.endsWith(".json")) return parseJson(await readFile(file, "utf8"));
    return file.endsWith(".ts") ? await importTypeScript(file) : await importDefault(file);
  } catch (cause) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw brokenConfiguration(source, `it cannot be loaded. ${reason}`, { cause });
  }
}

/** `$schema` is for editors. */
function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
  if (typeof value !== "object" || value === null || !("$schema" in value)) return value;
  const { $schema: _, ...config } = value;
  return config;
}

async function importDefault(file: string): Promise<unknown> {
  const module = (await import(pathToFileURL(file).href)) as { default?: unknown };
  return requireDefault(module.default);
}

/** Node loads TypeScript by itself from version 22.18 on only, and then not all of it. */
async function importTypeScript(file: string): Promise<unknown> {
  const { createJiti } = await import("jiti");
  const module = await createJiti(file, { fsCache: false, moduleCache: false, interopDefault: false }).import<{
    default?: unknown;
  }>(file);
  return requireDefault(module.default);
}

function requireDefault(value: unknown): unknown {
  if (value === undefined) throw new Error("It has no default export: write `export default defineConfig({ … })`");
  return value;
}
