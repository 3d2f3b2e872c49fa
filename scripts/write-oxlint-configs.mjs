// Writes the configurations for oxlint (the gate uses `recommended`), and puts the rules' pages where their addresses point.
import { cp, mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { configurations } from "../src/lint-rules/dist/configs.js";

const packageFolder = new URL("../src/lint-rules/", import.meta.url);
const folder = new URL("dist/oxlint/", packageFolder);

await mkdir(folder, { recursive: true });
for (const [name, rules] of Object.entries(configurations)) {
  const config = {
    jsPlugins: [{ name: "phasewise", specifier: "../index.js" }],
    plugins: [],
    ignorePatterns: ["**/node_modules/**", "**/dist/**"],
    categories: { correctness: "off" },
    rules,
  };
  await writeFile(new URL(`${name}.json`, folder), `${JSON.stringify(config, null, 2)}\n`);
}
await cp(fileURLToPath(new URL("rules/", packageFolder)), fileURLToPath(new URL("dist/rules/", packageFolder)), {
  recursive: true,
  filter: (source) => !source.endsWith(".ts"),
});
