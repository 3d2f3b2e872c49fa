import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Secrets } from "@phasewise/runtime/platform";
import { expectFailure, expectSuccess } from "@phasewise/runtime/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SecretsService } from "../../../../templates/platform/secrets/environment/secrets-service.js";
import { secretsSettings } from "../../../../templates/platform/secrets/environment/secrets-settings.js";
import { activeService } from "../active-service.js";

/** A folder `mount` for secrets, in one with things that are none of their business. */
async function mounted() {
  const around = await mkdtemp(join(tmpdir(), "secrets-"));
  const folder = join(around, "mount");
  await mkdir(folder);
  await writeFile(join(around, "outside"), "outside");
  const secrets = await activeService(new SecretsService(), secretsSettings.parse({ folder }));
  return {
    folder,
    secrets: secrets as Secrets,
    async [Symbol.asyncDispose]() {
      await secrets[Symbol.asyncDispose]();
      await rm(around, { recursive: true });
    },
  };
}

const read = async ({ secrets }: { secrets: Secrets }, name: string) =>
  expectSuccess(await secrets.getSecret(name)).reveal();

describe("mounted secrets", () => {
  it("follow the links of a Kubernetes mount, also when the mount is exchanged", async () => {
    await using mount = await mounted();
    const { folder } = mount;
    for (const [version, text] of [
      ["..1", "old"],
      ["..2", "new"],
    ] as const) {
      await mkdir(join(folder, version));
      await writeFile(join(folder, version, "db.password"), text);
    }
    await symlink("..1", join(folder, "..data"));
    await symlink(join("..data", "db.password"), join(folder, "db.password"));
    expect(await read(mount, "db.password")).toBe("old");

    await symlink("..2", join(folder, "..next"));
    await rename(join(folder, "..next"), join(folder, "..data"));
    await rm(join(folder, "..1"), { recursive: true });
    expect(await read(mount, "db.password")).toBe("new");
  });

  it("do not follow a link that leads elsewhere", async () => {
    await using mount = await mounted();
    await symlink("../outside", join(mount.folder, "near"));
    await symlink("/etc/hostname", join(mount.folder, "far"));
    await symlink("loop", join(mount.folder, "loop"));
    for (const name of ["near", "far", "loop"]) expectFailure(await mount.secrets.getSecret(name), "FORBIDDEN");
  });

  it("are not a folder whose name begins with that of the mount", async () => {
    await using mount = await mounted();
    await mkdir(`${mount.folder}-other`);
    await writeFile(join(`${mount.folder}-other`, "key"), "other");
    await symlink(join(`${mount.folder}-other`, "key"), join(mount.folder, "key"));
    expectFailure(await mount.secrets.getSecret("key"), "FORBIDDEN");
  });

  it("are files, of a sensible size: no folder, no pipe that would hold the call", async () => {
    await using mount = await mounted();
    await mkdir(join(mount.folder, "folder"));
    await promisify(execFile)("mkfifo", [join(mount.folder, "pipe")]);
    await writeFile(join(mount.folder, "large"), "x".repeat(1_048_577));
    for (const name of ["folder", "pipe", "large"]) expectFailure(await mount.secrets.getSecret(name), "FORBIDDEN");
  });

  it("lose one line end at their end, and nothing else", async () => {
    await using mount = await mounted();
    await writeFile(join(mount.folder, "key"), "\r\n a \n\r\n");
    expect(await read(mount, "key")).toBe("\r\n a \n");
  });

  it("go before the environment, which is read where there is no file", async () => {
    await using mount = await mounted();
    process.env["SECRET_DB__PASS_WORD"] = "of the environment";
    expect(await read(mount, "db.pass-word")).toBe("of the environment");
    await writeFile(join(mount.folder, "db.pass-word"), "of the file");
    expect(await read(mount, "db.pass-word")).toBe("of the file");
    delete process.env["SECRET_DB__PASS_WORD"];
  });

  it("are not there when the folder is not", async () => {
    await using secrets = await activeService(new SecretsService(), secretsSettings.parse({ folder: "/absent" }));
    expectFailure(await secrets.getSecret("key"), "NOT_FOUND");
    expect(expectSuccess(await secrets.health()).details).toEqual({ folder: "/absent" });
  });

  it("are never reached by a hostile name, be it of a file or of a variable", async () => {
    await using mount = await mounted();
    process.env["SECRET_"] = "empty name";
    const hostile = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("../outside", "/etc/passwd", "..", ".", "", "..data", "a/../../outside", "PATH", "__proto__"),
      fc.constantFrom("\0", "\n", "\r\n", "/", "\\", "%2e%2e%2f", "$(id)", "A").map((part) => `key${part}`),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (name) => {
        const secret = await mount.secrets.getSecret(name);
        expect(["INVALID_NAME", "NOT_FOUND"]).toContain(secret.success ? "found" : secret.error.code);
        expect(secret.success || secret.error.message).not.toMatch(/[\0-\x1f]/);
      }),
    );
    delete process.env["SECRET_"];
  });

  it("are not read any more after the service was stopped, and its watches end", async () => {
    const mount = await mounted();
    await writeFile(join(mount.folder, "key"), "k-1");
    const { signal } = new AbortController();
    let isGiven = () => {};
    const given = new Promise<void>((resolve) => (isGiven = resolve));
    const watching = mount.secrets.watch("key", isGiven, { signal });
    await given;
    await mount[Symbol.asyncDispose]();
    expectSuccess(await watching);
    expectFailure(await mount.secrets.getSecret("key"), "NOT_INITIALIZED");
  });
});
