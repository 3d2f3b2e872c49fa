import type { DeclaredName } from "./declared-name.js";

/** What of Node's gives a promise for what a function that takes a callback does. */
export interface Counterpart {
  /** As a reader would write it: `fs.readFile`. */
  readonly label: string;
  /** What to await instead. */
  readonly advice: string;
  /** A module has it; otherwise `promisify` makes it. */
  readonly isInModule: boolean;
}

/** The counterpart of a function of Node's; `undefined` for every other function. */
export function findCounterpart(declared: DeclaredName): Counterpart | undefined {
  const { name } = declared;
  const module = isOfStreams(declared) ? "stream" : declared.module;
  const label = `${module}.${name}`;
  if (Object.hasOwn(promiseModules, module) && promiseModules[module]?.test(name)) {
    const counterpart = name === "exists" ? "access" : name;
    return { label, advice: `\`${counterpart}\` from \`node:${module}/promises\``, isInModule: true };
  }
  if (!Object.hasOwn(callbackModules, module) || !callbackModules[module]?.test(name)) return undefined;
  const advice = `\`promisify(${name})\`, with \`promisify\` from \`node:util\`,`;
  return { label, advice, isInModule: false };
}

/** `node:stream` is the class `Stream`, which has its functions as members. */
function isOfStreams({ container, module }: DeclaredName): boolean {
  return module === "" && container === "Stream";
}

/** The functions that `node:<module>/promises` has, too. */
const promiseModules: Readonly<Record<string, RegExp>> = {
  dns: /^(?:lookup|lookupService|resolve\w*|reverse)$/,
  fs: /^(?:access|appendFile|l?ch(?:mod|own)|copyFile|cp|exists|link|l?stat|statfs|l?utimes|mkdir|mkdtemp|open|opendir|readdir|readFile|readlink|realpath|rename|rm|rmdir|symlink|truncate|unlink|writeFile)$/,
  readline: /^question$/,
  stream: /^(?:finished|pipeline)$/,
  timers: /^set(?:Immediate|Timeout)$/,
};

/** Other functions that take one callback, called once. */
const callbackModules: Readonly<Record<string, RegExp>> = {
  child_process: /^exec(?:File)?$/,
  crypto:
    /^(?:checkPrime|generateKey|generateKeyPair|generatePrime|hkdf|pbkdf2|randomBytes|randomFill|randomInt|scrypt)$/,
  zlib: /^(?:brotliCompress|brotliDecompress|deflate|deflateRaw|gunzip|gzip|inflate|inflateRaw|unzip)$/,
};
