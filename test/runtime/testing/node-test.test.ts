import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { rolldown } from "rolldown";
import { expect, it } from "vitest";
import { temporaryFolder } from "../temporary-folder.js";

const run = promisify(execFile);

/** The kit must not depend on how a test runner transforms the sources, so they are bundled as the package is. */
async function bundleInto(folder: string): Promise<string> {
  const bundle = await rolldown({
    input: join(import.meta.dirname, "fixtures/node-test/kit.test.ts"),
    platform: "node",
    external: ["yaml", "@opentelemetry/api"],
    resolve: { conditionNames: ["@phasewise/source", "import"] },
  });
  await bundle.write({ dir: folder, format: "esm", entryFileNames: "kit.test.mjs" });
  await bundle.close();
  return join(folder, "kit.test.mjs");
}

it("works under node:test", async () => {
  await using folder = await temporaryFolder({});
  const file = await bundleInto(folder.path);
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { stdout } = await run(process.execPath, ["--test", "--test-reporter=tap", file], { env }).catch(
    (failure: { stdout: string }) => failure,
  );
  expect(stdout).toContain("# fail 0");
  expect(stdout).toContain("# pass 7");
});
