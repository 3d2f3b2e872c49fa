import { execFile } from "node:child_process";
import { readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { runProgram } from "./program.js";
import { temporaryFolder } from "./temporary-folder.js";

const { resolve } = createRequire(import.meta.url);
const nodeModules = fileURLToPath(new URL("../../node_modules", import.meta.url));
const page = await readFile(new URL("../../docs/own-generators.md", import.meta.url), "utf8");
const files = [...page.matchAll(/^In `([^`]+)`:\n\n```\w+\n([^]*?)^```$/gm)].map(([, file = "", text = ""]) => [
  file,
  text,
]);
const commands = [...page.matchAll(/^npx (phasewise|plop) (.+)$/gm)].map(([, program, args = ""]) => {
  return { program, args: args.split(" ") };
});
const manifest = { type: "module", dependencies: { "@phasewise/runtime": "*" }, devDependencies: { phasewise: "*" } };

async function open() {
  const folder = await temporaryFolder({ "package.json": JSON.stringify(manifest), ...Object.fromEntries(files) });
  await symlink(nodeModules, join(folder.path, "node_modules"), "junction");
  await runProgram("create-module", ["orders"], { cwd: folder.path });
  return folder;
}

it("has commands that work with its files", async () => {
  await using folder = await open();
  expect(commands.map(({ args }) => args[0])).toEqual(["eject", "create", "service"]);
  for (const { program, args } of commands) {
    if (program === "phasewise") {
      expect(await runProgram("phasewise", args, { cwd: folder.path })).toMatchObject({ exitCode: 0, stderr: "" });
    } else {
      const plop = join(dirname(resolve("plop/package.json")), "bin/plop.js");
      await promisify(execFile)(process.execPath, [plop, ...args], { cwd: folder.path });
    }
  }
  const made = await folder.files();
  expect(made["modules/orders/pricing.md"]).toBe("# Pricing\n\nA note about the module orders.\n");
  expect(Object.keys(made)).toEqual(
    expect.arrayContaining(["templates/modules/module.ts.hbs", "modules/orders/mailer-service.ts"]),
  );
});

it("has types and tests that pass", async () => {
  await using folder = await open();
  const tsc = join(nodeModules, "@typescript/native/bin/tsc");
  const flags =
    "--noEmit --strict --skipLibCheck --module nodenext --target es2023 --allowImportingTsExtensions --types node";
  const sources = ["generators/note.ts", "generators/note.test.ts", "phasewise.config.ts"];
  await promisify(execFile)(process.execPath, [tsc, ...flags.split(" "), ...sources], { cwd: folder.path });

  const vitest = join(dirname(resolve("vitest/package.json")), "vitest.mjs");
  const run = async (env: NodeJS.ProcessEnv) => {
    const args = [vitest, "run", "--root", folder.path, "--dir", "generators", "--reporter", "json"];
    const ran = promisify(execFile)(process.execPath, args, { cwd: folder.path, env: { ...process.env, ...env } });
    const { stdout } = await ran.catch((error: { stdout: string }) => error);
    const { numPassedTests, numFailedTests } = JSON.parse(stdout) as Record<string, number>;
    return { numPassedTests, numFailedTests };
  };
  expect(await run({})).toEqual({ numPassedTests: 2, numFailedTests: 1 });
  expect(await run({ UPDATE_GOLDEN: "1" })).toEqual({ numPassedTests: 3, numFailedTests: 0 });
  expect(await run({})).toEqual({ numPassedTests: 3, numFailedTests: 0 });
});
