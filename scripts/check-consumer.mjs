// Lives through a consumer's first hour, far from this repository: scaffolds an application with the packed packages of
// the given folder, grows it, and checks, builds and tests it.
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { findNpm, runOrFail } from "./command.mjs";

const packages = resolve(process.argv[2] ?? "demo-packages");
const home = await mkdtemp(join(tmpdir(), "phasewise-consumer-"));
const tools = join(home, "tools");
const shop = join(home, "shop");

try {
  await mkdir(tools);
  await npm(tools, "install", "--no-audit", "--no-fund", join(packages, await findTool()));
  await npm(tools, "exec", "--no", "--", "phasewise", "create", "app", shop, "--packages", packages);
  await npm(shop, "install", "--no-audit", "--no-fund");
  await npm(shop, "exec", "--no", "--", "create-module", "orders");
  await npm(shop, "exec", "--no", "--", "phasewise", "create", "service", "invoice-mailer", "--module", "orders");
  await npm(shop, "exec", "--no", "--", "phasewise", "create", "generator", "page");
  await npm(shop, "exec", "--no", "--", "phasewise", "create", "lint-rule", "no-idle-loop", "--reports", "idle loops");
  await npm(shop, "run", "check");
  await npm(shop, "exec", "--no", "--", "eslint", ".");
  await npm(shop, "run", "types");
  await npm(shop, "run", "build");
  await npm(shop, "test");
} finally {
  await rm(home, { recursive: true, force: true });
}

/** The packed file of `phasewise` itself, whatever its version. */
async function findTool() {
  const tool = (await readdir(packages)).find((name) => /^phasewise-\d/.test(name));
  if (!tool)
    throw new Error(`${packages} has no packed phasewise. Pack it first: node scripts/check-packages.mjs ${packages}`);
  return tool;
}

/**
 * @param {string} folder
 * @param {string[]} args
 */
async function npm(folder, ...args) {
  console.log(`${folder === shop ? "shop" : "tools"} $ npm ${args.join(" ").replaceAll(home, "..")}`);
  const { command, args: first } = findNpm();
  await runOrFail(command, [...first, ...args], { cwd: folder });
}
