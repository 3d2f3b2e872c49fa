import { constants } from "node:fs";
import { open, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { Result } from "@phasewise/runtime";

const maxBytes = 1_048_576;

/**
 * A folder that secrets are mounted in, a file each. Links are followed as far as they stay in the folder: Kubernetes
 * mounts `key -> ..data/key` and `..data -> ..2024_05_01`, and exchanges the second to change all secrets at once.
 */
export class MountedFolder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * The text of a file, without the line end that it ends with; nothing if there is no such file. `FORBIDDEN` for a file that
   * may not be read, lies elsewhere, or is none. The name must hold no path.
   */
  async findText(name: string): Promise<Result<string | undefined, "FORBIDDEN">> {
    try {
      return await this.#read(name);
    } catch (error) {
      const code = codeOf(error);
      if (denials.has(code)) return Result.error("FORBIDDEN", `${name} may not be read (${code})`, { cause: error });
      if (absences.has(code)) return Result.success(undefined);
      throw error;
    }
  }

  async #read(name: string): Promise<Result<string, "FORBIDDEN">> {
    const [folder, file] = await this.#resolve(name);
    if (!file.startsWith(folder.endsWith(sep) ? folder : folder + sep)) {
      return Result.error("FORBIDDEN", `${name} is a link that leads out of ${folder}`);
    }
    // A pipe must not hold the call, and a link put there since must not be followed.
    await using handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    const stats = await handle.stat();
    if (!stats.isFile() || stats.size > maxBytes) {
      return Result.error("FORBIDDEN", `${name} is no file, or one of more than ${maxBytes} bytes`);
    }
    return Result.success((await handle.readFile("utf8")).replace(/\r?\n$/, ""));
  }

  /** Resolved twice if need be: the link may be exchanged in between, and its old target is gone then. */
  async #resolve(name: string): Promise<[folder: string, file: string]> {
    const resolve = () => Promise.all([realpath(this.#path), realpath(join(this.#path, name))]);
    return resolve().catch(resolve);
  }
}

const denials = new Set(["EACCES", "EPERM", "ELOOP"]);
const absences = new Set(["ENOENT", "ENOTDIR"]);

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
