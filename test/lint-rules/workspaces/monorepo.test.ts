import { mkdir, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { Workspace } from "../workspace.js";
import { blocking, calling, lintInBothHosts } from "./both-hosts.js";

const compilerOptions = { target: "es2023", module: "nodenext", strict: true, noEmit: true };
const tsconfig = JSON.stringify({ compilerOptions });

async function link(workspace: Workspace, name: string, folder: string): Promise<void> {
  const path = join(workspace.folder, "node_modules", name);
  await mkdir(dirname(path), { recursive: true });
  await symlink(join(workspace.folder, folder), path, "junction");
}

test("calls are followed into another package of the workspace, through its link in node_modules", async () => {
  await using workspace = await Workspace.create({
    "packages/files/package.json": JSON.stringify({ name: "@acme/files", type: "module", exports: "./read.ts" }),
    "packages/files/tsconfig.json": tsconfig,
    "packages/files/read.ts": blocking,
    "packages/app/package.json": JSON.stringify({ name: "@acme/app", type: "module" }),
    "packages/app/tsconfig.json": tsconfig,
    "packages/app/run.ts": calling("@acme/files"),
  });
  await rm(join(workspace.folder, "node_modules"));
  await link(workspace, "@acme/files", "packages/files");
  await link(workspace, "@acme/app", "packages/app");

  expect(await lintInBothHosts(workspace)).toEqual([
    "no-sync-io at packages/app/run.ts:3",
    "no-floating-promises at packages/app/run.ts:4",
    "no-sync-io at packages/files/read.ts:2",
  ]);
});

test("links in a circle do not keep the rules from an end", async () => {
  const file = "scripts/run.ts";
  await using workspace = await Workspace.create({
    "scripts/read.ts": blocking,
    [file]: calling("./read.js"),
    "scripts/again.ts": calling("./read.js"),
  });
  await symlink(workspace.folder, join(workspace.folder, "scripts/self"), "junction");
  expect(await lintInBothHosts(workspace)).toHaveLength(5);
});
