// Packs the three built packages into the given folder, and checks that any consumer can use what is in them.
import { resolve, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runOrFail } from "./command.mjs";
import { pack } from "./pack.mjs";

const bin = fileURLToPath(new URL("../node_modules/.bin/", import.meta.url));
const folder = resolve(process.argv[2] ?? "demo-packages");

for (const name of await pack(folder)) {
  const tarball = join(folder, name);
  await runOrFail(join(bin, "publint"), ["run", tarball, "--strict"]);
  await runOrFail(join(bin, "attw"), [tarball, "--profile", "esm-only"]);
  console.log(`${name}: publint and attw have nothing to say`);
}
