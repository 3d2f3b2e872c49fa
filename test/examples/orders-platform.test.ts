import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import platform from "../../src/generators/catalog/platform.js";
import { generate } from "../../src/generators/generate.js";
import { emptyWorkspace, readFiles, temporaryFolder, writeFiles } from "../generators/temporary-folder.js";

const folder = fileURLToPath(new URL("../../examples/orders/platform/", import.meta.url));

it.each([
  ["embedded", "database", "pglite"],
  ["embedded", "cache", "memory"],
  ["embedded", "pub-sub", "in-process"],
  ["embedded", "tracer", "console"],
  ["servers", "database", "postgres"],
  ["servers", "cache", "redis"],
  ["servers", "pub-sub", "nats"],
  ["servers", "tracer", "otlp"],
])("%s %s is what the generator makes with the adapter %s", async (set, service, adapter) => {
  await using workspace = await temporaryFolder(emptyWorkspace);
  await generate(platform, { service, adapter, id: undefined }, { root: workspace.path });
  const made = await readFiles(`${workspace.path}/modules/core/${service}`);

  const owned = `${folder}${set}/${service}`;
  if (process.env["UPDATE_GOLDEN"] === "1") {
    await rm(owned, { recursive: true, force: true });
    await writeFiles(owned, made);
  }
  expect(made).toEqual(await readFiles(owned));
});
