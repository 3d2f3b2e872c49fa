/* eslint-disable phasewise/no-sync-io -- what blocking calls cost is what is measured here */
import { execFile, execFileSync } from "node:child_process";
import { createHash, pbkdf2, pbkdf2Sync } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip, gzipSync } from "node:zlib";

/**
 * The same work in two ways, which come to the same text.
 *
 * @typedef {object} Case
 * @property {string} name
 * @property {() => string} block
 * @property {() => Promise<string>} wait
 */

const folder = fileURLToPath(new URL("../../src/runtime/dist", import.meta.url));
const entries = await readdir(folder, { recursive: true, withFileTypes: true });
const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
const text = Buffer.from((await Promise.all(files.map((file) => readFile(file, "utf8")))).join("\n"));
const passwords = Array.from({ length: 12 }, (_, index) => `password ${index}`);
const commands = Array.from({ length: 6 }, (_, index) => ["-e", `console.log(${index})`]);

/** @param {readonly (string | Buffer)[]} parts */
function digest(parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

/** @type {readonly Case[]} */
export const cases = [
  {
    name: `reading ${files.length} files`,
    block: () => digest(files.map((file) => readFileSync(file))),
    wait: async () => digest(await Promise.all(files.map((file) => readFile(file)))),
  },
  {
    name: `compressing ${Math.round(text.length / 1e5) / 10} MB, four times`,
    block: () => digest([1, 2, 3, 4].map(() => gzipSync(text))),
    wait: async () => digest(await Promise.all([1, 2, 3, 4].map(() => promisify(gzip)(text)))),
  },
  {
    name: `deriving ${passwords.length} keys`,
    block: () => digest(passwords.map((password) => pbkdf2Sync(password, "salt", 30_000, 32, "sha256"))),
    wait: async () =>
      digest(await Promise.all(passwords.map((password) => promisify(pbkdf2)(password, "salt", 30_000, 32, "sha256")))),
  },
  {
    name: `running ${commands.length} commands`,
    block: () => digest(commands.map((command) => execFileSync(process.execPath, command))),
    wait: async () =>
      digest(
        await Promise.all(
          commands.map(async (command) => (await promisify(execFile)(process.execPath, command)).stdout),
        ),
      ),
  },
];
