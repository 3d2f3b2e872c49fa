// Writes the configurations for oxlint and what the gate has to know of the rules, and puts the rules' pages where their
// addresses point.
import { cp, mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { configurations } from "../src/lint-rules/dist/configs.js";
import { rules } from "../src/lint-rules/dist/rules.js";
import { settingsSchema } from "../src/lint-rules/dist/settings-schema.js";

const packageFolder = new URL("../src/lint-rules/", import.meta.url);
const dist = new URL("dist/", packageFolder);
const folder = new URL("oxlint/", dist);

await mkdir(folder, { recursive: true });
for (const [name, rules] of Object.entries(configurations)) {
  const config = {
    jsPlugins: [{ name: "phasewise", specifier: "../index.js" }],
    plugins: [],
    ignorePatterns: ["**/node_modules/**", "**/dist/**"],
    categories: { correctness: "off" },
    rules,
  };
  await writeJson(`${name}.json`, config);
}
const facts = Object.entries(rules).map(([name, { meta }]) => {
  const { description, url = "" } = meta.docs ?? {};
  return [name, { description, page: `../${url.slice(dist.href.length)}`, schema: meta.schema }];
});
await writeJson("facts.json", { rules: Object.fromEntries(facts), settings: settingsSchema });
await cp(fileURLToPath(new URL("rules/", packageFolder)), fileURLToPath(new URL("dist/rules/", packageFolder)), {
  recursive: true,
  filter: (source) => !source.endsWith(".ts"),
});

/**
 * @param {string} name
 * @param {object} value
 */
async function writeJson(name, value) {
  await writeFile(new URL(name, folder), `${JSON.stringify(value, null, 2)}\n`);
}
