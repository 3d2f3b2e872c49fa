import type { TSESTree } from "@typescript-eslint/utils";
import type { CheckedFile } from "../type-checker/checked-file.js";
import { TypeFlags } from "../type-checker/types.js";
import type { DeclaredName } from "./declared-name.js";
import { getConstituents } from "./promise.js";

/** What to await instead of a blocking function of Node, with the same arguments. */
export interface Counterpart {
  /** Where Node has it: `fs/promises`, or `zlib` where `promisify` makes it a promise. */
  readonly module: string;
  readonly name: string;
  /** Does it surely do the same and give the same value? */
  readonly isSame: boolean;
  /** The part of what it gives that the blocking function gives: `stdout` of a child process. */
  readonly part?: string;
}

/** The counterpart of a blocking function for this call; `undefined` where these arguments mean something else to it. */
export function findCounterpart(
  { module, container, name }: DeclaredName,
  call: TSESTree.CallExpression,
  file: CheckedFile,
): Counterpart | undefined {
  if (container !== undefined || !name.endsWith("Sync")) return undefined;
  if (call.arguments.some(({ type }) => type === "SpreadElement") || call.typeArguments) return undefined;
  const asynchronous = name.slice(0, -"Sync".length);
  if (module === "fs") return hasSameMeaning(asynchronous, call, file) ? findInFiles(asynchronous) : undefined;
  if (module === "crypto" || module === "zlib") return { module, name: asynchronous, isSame: false };
  const isProgram = module === "child_process" && asynchronous.startsWith("exec") && !mayNameStreams(call);
  return isProgram ? { module, name: asynchronous, isSame: false, part: "stdout" } : undefined;
}

/** `realpath` of promises answers as `realpathSync.native` does. */
function findInFiles(name: string): Counterpart | undefined {
  if (name !== "realpath" && !sameInFiles.has(name)) return undefined;
  return { module: "fs/promises", name, isSame: name !== "realpath" };
}

const sameInFiles: ReadonlySet<string> = new Set([
  ...["access", "appendFile", "chmod", "chown", "copyFile", "cp", "lchown", "link", "lstat", "lutimes", "mkdir"],
  ...["mkdtemp", "opendir", "readFile", "readdir", "readlink", "rename", "rm", "rmdir", "stat", "statfs", "symlink"],
  ...["truncate", "unlink", "utimes", "writeFile"],
]);

/** A descriptor is for the synchronous functions alone, and so is the wish for `undefined` instead of an error. */
function hasSameMeaning(name: string, { arguments: [first, second] }: TSESTree.CallExpression, file: CheckedFile) {
  if (name === "stat" || name === "lstat") return !second || !mayHave(second, "throwIfNoEntry");
  return !takesDescriptor.has(name) || (first !== undefined && isPath(first, file));
}

const takesDescriptor: ReadonlySet<string> = new Set(["appendFile", "readFile", "truncate", "writeFile"]);

function isPath(node: TSESTree.Node, file: CheckedFile): boolean {
  const type = file.findType(node);
  return type !== undefined && getConstituents(type).every(({ flags }) => (flags & mayBeNumber) === 0);
}

const mayBeNumber = TypeFlags.Any | TypeFlags.Unknown | TypeFlags.NumberLike | TypeFlags.TypeParameter;

/** `promisify(exec)` has no terminal to print to, and nothing to read from. */
function mayNameStreams({ arguments: given }: TSESTree.CallExpression): boolean {
  const options = given.slice(1).filter(({ type }) => type !== "ArrayExpression");
  return options.some((node) => ["input", "stdio"].some((name) => mayHave(node, name)));
}

function mayHave(node: TSESTree.Node, name: string): boolean {
  if (node.type !== "ObjectExpression") return true;
  return node.properties.some(
    (property) =>
      property.type !== "Property" ||
      property.computed ||
      property.key.type !== "Identifier" ||
      property.key.name === name,
  );
}
