// Writes the configurations that the gate hands to oxlint, and puts the rules' pages where the rules' addresses point.
import { cp, mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { recommendedRules } from "../src/lint-rules/dist/configs.js";

const packageFolder = new URL("../src/lint-rules/", import.meta.url);

const recommended = {
  jsPlugins: [{ name: "phasewise", specifier: "../index.js" }],
  plugins: [],
  ignorePatterns: ["**/node_modules/**", "**/dist/**"],
  categories: { correctness: "off" },
  rules: recommendedRules,
};

await mkdir(new URL("dist/oxlint/", packageFolder), { recursive: true });
await writeFile(new URL("dist/oxlint/recommended.json", packageFolder), `${JSON.stringify(recommended, null, 2)}\n`);
await cp(fileURLToPath(new URL("rules/", packageFolder)), fileURLToPath(new URL("dist/rules/", packageFolder)), {
  recursive: true,
  filter: (source) => !source.endsWith(".ts"),
});
