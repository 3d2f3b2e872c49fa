import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { listFiles, packages, readManifest, readText } from "./repository.js";

const folders = ["src", "templates", "test", "scripts", "docs", "bench", ".ci"];
const rootFiles = (await listFiles()).filter((file) => !file.includes("/"));
const isIn = (names: readonly string[]) => (file: string) => names.some((name) => file.startsWith(`${name}/`));
const texts = [...rootFiles, ...(await listFiles()).filter(isIn(folders))].filter(
  (file) => !/\.(?:png|tgz)$/.test(file),
);

/** The files that a pattern occurs in, each with what was found. */
async function findIn(files: readonly string[], pattern: RegExp): Promise<string[]> {
  const found = files.map(async (file) => {
    return [...(await readText(file)).matchAll(pattern)].map(([text]) => `${file}: ${text}`);
  });
  return (await Promise.all(found)).flat();
}

test("no file names a place of one machine", async () => {
  expect(await findIn(texts, /\/(?:root|work|tmp|home\/\w+|Users\/\w+)\/[\w.-]+/g)).toEqual([]);
});

test("nothing is left to do later in sources and templates", async () => {
  expect(await findIn(texts.filter(isIn(["src", "templates"])), /\b(?:TODO|FIXME|XXX|HACK)\b.*/g)).toEqual([]);
});

test("package-lock.json fixes versions and checksums, not where they are fetched from", async () => {
  expect(await findIn(["package-lock.json"], /"resolved": "https?:.*/g)).toEqual([]);
});

test("the three packages carry the licence of the repository", async () => {
  const license = await readText("LICENSE");
  for (const folder of Object.keys(packages)) expect(await readText(`src/${folder}/LICENSE`)).toBe(license);
});

const listRulePages = async () => (await listFiles("src/lint-rules/rules")).filter((file) => file.endsWith(".md"));

test.each(["docs/lint-rules.md", "src/lint-rules/README.md"])("%s lists every rule", async (page) => {
  const text = await readText(page);
  const names = (await listRulePages()).map((file) => basename(file, ".md"));
  expect(names.filter((name) => !new RegExp(`^\\| \\[?\`${name}\``, "m").test(text))).toEqual([]);
});

describe("README", async () => {
  const readme = await readText("README.md");
  const commands = [...readme.matchAll(/^```sh\n(.*?)^```/gms)].flatMap(([, block = ""]) => block.trim().split("\n"));

  test("begins with the two commands that a newcomer needs", () => {
    const [first, second] = commands.map((command) => command.replace(/\s*#.*/, ""));
    expect([first, second]).toEqual(["npm ci && npm run quickstart", "npm ci && npm test"]);
  });

  test("the repository has the scripts that its first commands run", async () => {
    const { scripts = {} } = await readManifest();
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(["quickstart", "test"]));
  });

  test("it lists every rule", async () => {
    expect((await listRulePages()).filter((page) => !readme.includes(`](${page})`))).toEqual([]);
  });

  test.each(["README.md", "CONTRIBUTING.md"])("every link in %s leads to a file of the repository", async (page) => {
    const links = [...(await readText(page)).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link);
    const files = await listFiles();
    expect(links.filter((link) => !files.includes(link!))).toEqual([]);
  });
});
