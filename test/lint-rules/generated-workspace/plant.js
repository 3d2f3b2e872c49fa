import { commentViolations } from "./violations/comments.js";
import { moduleViolations } from "./violations/modules.js";
import { resourceViolations } from "./violations/resources.js";
import { resultViolations } from "./violations/results.js";
import { serviceViolations } from "./violations/services.js";
import { taskViolations } from "./violations/tasks.js";

/** @typedef {import("./module-graph.js").GeneratedModule} GeneratedModule */

/**
 * Code for one place of a module. Each line of it that violates a rule says so at its end.
 *
 * @typedef {object} Piece
 * @property {GeneratedModule} module
 * @property {Place | { newFile: string }} place
 * @property {string} code whole lines
 * @property {readonly string[]} [imports]
 */

/** @typedef {"functions" | "members" | "dependencies" | "registration" | "activation" | "hooks"} Place */

/** A violation as it is made in a module: no pieces where it cannot be. @typedef {(module: GeneratedModule) => Piece[]} Violation */

const violations = [
  ...commentViolations,
  ...moduleViolations,
  ...resourceViolations,
  ...resultViolations,
  ...serviceViolations,
  ...taskViolations,
];

/**
 * Makes violations in modules, each with the same probability.
 *
 * @param {Record<string, string>} files
 * @param {readonly GeneratedModule[]} modules
 * @param {{ random: import("./random.js").Random, rate: number }} chance
 */
export function plant(files, modules, { random, rate }) {
  for (const module of modules) {
    const made = violations.filter(() => random() < rate);
    for (const piece of made.flatMap((violate) => violate(module))) add(files, piece);
  }
}

/**
 * @param {Record<string, string>} files
 * @param {Piece} piece
 */
function add(files, { module: { folder, noun }, place, code, imports = [] }) {
  if (typeof place === "object") {
    files[`${folder}/${place.newFile}`] = code;
    return;
  }
  const { file, before } = places[place];
  const path = `${folder}/${file.replace("*", noun)}`;
  const text = files[path] ?? "";
  const index = text.search(before);
  const missing = imports.filter((line) => !text.includes(`${line}\n`)).map((line) => `${line}\n`);
  files[path] = missing.join("") + text.slice(0, index) + code + text.slice(index);
}

/**
 * The file of a place, where `*` stands for the module's noun, and what follows the place in it.
 *
 * @type {Readonly<Record<Place, { file: string, before: RegExp }>>}
 */
const places = {
  functions: { file: "*.ts", before: /$/ },
  members: { file: "*-service.ts", before: /\}\n$/ },
  dependencies: { file: "module.ts", before: / {2}\],\n/ },
  registration: { file: "module.ts", before: / {2}\},\n\n {2}async setupModule/ },
  activation: { file: "module.ts", before: / {4}const settings =/ },
  hooks: { file: "module.ts", before: /\}\);\n$/ },
};
