import { readdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fileInstallationStore } from "../../../src/runtime/modules/file-installation-store.js";
import { InstallationError } from "../../../src/runtime/modules/installation-store.js";
import { temporaryFolder } from "../temporary-folder.js";

const first = { version: "1.0.0", installedAt: "2026-11-01T00:00:00.000Z" };
const second = { version: "2.0.0", installedAt: "2026-12-01T00:00:00.000Z" };

const errorOf = async (work: Promise<unknown>) => {
  const error = await work.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InstallationError);
  return error as InstallationError;
};

describe("fileInstallationStore", () => {
  it("remembers what was saved last, for each module and for the next process", async () => {
    await using folder = await temporaryFolder({});
    const store = fileInstallationStore(folder.path);
    await store.save("core", first);
    await store.save("core", second);
    await store.save("core.database", first);

    const other = fileInstallationStore(folder.path);
    expect(await other.find("core")).toEqual(second);
    expect(await other.find("core.database")).toEqual(first);
    expect((await readdir(folder.path)).sort()).toEqual(["core.database.json", "core.json"]);
  });

  it("forgets what was removed, and only that", async () => {
    await using folder = await temporaryFolder({});
    const store = fileInstallationStore(folder.path);
    await store.save("core", first);
    await store.save("billing", first);
    await store.remove("core");
    await store.remove("core");
    expect(await store.find("core")).toBeUndefined();
    expect(await store.find("billing")).toEqual(first);
  });

  it("creates nothing before the first save", async () => {
    await using folder = await temporaryFolder({});
    const store = fileInstallationStore(join(folder.path, "a/b"));
    expect(await store.find("core")).toBeUndefined();
    await store.remove("core");
    expect(await readdir(folder.path)).toEqual([]);

    await store.save("core", first);
    expect(await readdir(join(folder.path, "a/b"))).toEqual(["core.json"]);
  });

  it.each(["", "{", "null", '"1.0.0"', "[]", '{"version":1,"installedAt":""}', '{"version":"1.0.0"}'])(
    "names a damaged file and the remedy: %j",
    async (text) => {
      await using folder = await temporaryFolder({ "core.json": text, "billing.json": JSON.stringify(first) });
      const store = fileInstallationStore(folder.path);
      const { code, message } = await errorOf(store.find("core"));
      expect(code).toBe("INSTALLATION_DAMAGED");
      expect(message).toContain(`${join(folder.path, "core.json")} is damaged. Restore it, or delete it`);
      expect(await store.find("billing")).toEqual(first);

      await store.save("core", second);
      expect(await store.find("core")).toEqual(second);
    },
  );

  it("names a folder that cannot be used", async () => {
    await using folder = await temporaryFolder({ file: "" });
    const store = fileInstallationStore(join(folder.path, "file"));
    for (const work of [() => store.find("core"), () => store.save("core", first), () => store.remove("core")]) {
      const { code, message } = await errorOf(work());
      expect(code).toBe("INSTALLATIONS_UNUSABLE");
      expect(message).toContain(`The installations in ${join(folder.path, "file")} cannot be read or written (E`);
    }
  });

  it("leaves nothing behind when a save fails", async () => {
    await using folder = await temporaryFolder({ "core.json/in-the-way": "" });
    expect((await errorOf(fileInstallationStore(folder.path).save("core", first))).code).toBe("INSTALLATIONS_UNUSABLE");
    expect(await readdir(folder.path)).toEqual(["core.json"]);
  });

  it.each(["../outside", "/outside", "a/b", "a\\b", "..", ".", "", ".hidden", "a\0b"])(
    "takes no id that leads out of the folder: %j",
    async (id) => {
      await using folder = await temporaryFolder({ "outside.json": JSON.stringify(first) });
      const store = fileInstallationStore(join(folder.path, "store"));
      for (const work of [() => store.find(id), () => store.save(id, first), () => store.remove(id)]) {
        expect((await errorOf(work())).code).toBe("INVALID_MODULE_ID");
      }
      expect(await readdir(folder.path)).toEqual(["outside.json"]);
    },
  );

  it("ignores what a killed process left behind, and removes it once it is old", async () => {
    await using folder = await temporaryFolder({ ".old.tmp": '{"vers', ".young.tmp": '{"vers' });
    const hourAgo = new Date(Date.now() - 3_600_000);
    await utimes(join(folder.path, ".old.tmp"), hourAgo, hourAgo);
    const store = fileInstallationStore(folder.path);
    expect(await store.find("core")).toBeUndefined();
    await store.save("core", first);
    expect((await readdir(folder.path)).sort()).toEqual([".young.tmp", "core.json"]);
  });

  it("never shows a half-written file while others save, and keeps one of theirs", async () => {
    await using folder = await temporaryFolder({});
    const installations = [first, { ...second, version: "2.0.0".padEnd(1_000_000, "0") }];
    const stores = installations.map(() => fileInstallationStore(folder.path));
    await stores[0]!.save("core", first);

    let pending = 40;
    const saves = Array.from({ length: pending }, async (_, turn) => {
      await stores[turn % 2]!.save("core", installations[turn % 2]!);
      pending--;
    });
    while (pending > 0) expect(installations).toContainEqual(await stores[0]!.find("core"));
    await Promise.all(saves);
    expect(installations).toContainEqual(await stores[0]!.find("core"));
    expect(await readdir(folder.path)).toEqual(["core.json"]);
  });
});
