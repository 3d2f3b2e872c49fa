import { pickSome } from "./random.js";

/**
 * A module of a generated workspace, and the names of what it has.
 *
 * @typedef {object} GeneratedModule
 * @property {number} index
 * @property {string} id `monthly.invoice`
 * @property {string} folder `modules/monthly/invoice`
 * @property {string} noun `invoice`: the name of its files begins with it
 * @property {string} type `MonthlyInvoice`
 * @property {string} variable `monthlyInvoice`
 * @property {readonly GeneratedModule[]} dependencies modules with a lower index
 * @property {boolean} hasReport has it a second service?
 * @property {boolean} hasTest
 */

const qualifiers =
  "daily weekly monthly yearly draft final open closed late early local remote public private first last " +
  "main spare new used cheap dear heavy light long short wide narrow fast slow warm cold " +
  "north south east west inner outer upper lower plain rich simple double single triple whole partial " +
  "active idle known secret formal casual direct shared fixed loose paid free bound common rare fresh";
const nouns =
  "invoice order account payment customer product shipment refund discount voucher contract supplier ticket memo " +
  "reminder pledge address country currency rate tax budget expense salary employee team project task meeting room " +
  "calendar holiday document folder picture recording catalogue price stock warehouse shelf parcel carrier route vehicle " +
  "driver station journey booking guest hotel review rating question answer survey campaign coupon subscription plan " +
  "device sensor alarm measurement";

/**
 * Modules that depend on one or two others each, so on some at any depth, and never in a circle.
 *
 * @param {number} count
 * @param {import("./random.js").Random} random
 * @returns {GeneratedModule[]}
 */
export function createModules(count, random) {
  /** @type {GeneratedModule[]} */
  const modules = [];
  while (modules.length < count) {
    const dependencies = pickSome(modules, 1 + Math.floor(random() * 2), random);
    modules.push(nameModule(modules.length, { dependencies, hasReport: random() < 0.25, hasTest: random() < 0.5 }));
  }
  return modules;
}

/**
 * @param {number} index
 * @param {Pick<GeneratedModule, "dependencies" | "hasReport" | "hasTest">} rest
 * @returns {GeneratedModule}
 */
function nameModule(index, rest) {
  const [allQualifiers, allNouns] = [qualifiers.split(" "), nouns.split(" ")];
  const turn = Math.floor(index / allNouns.length);
  const noun = allNouns[index % allNouns.length] ?? "";
  const qualifier = allQualifiers[turn % allQualifiers.length] ?? "";
  const group = turn < allQualifiers.length ? qualifier : `${qualifier}${Math.floor(turn / allQualifiers.length)}`;
  const variable = group + capitalize(noun);
  const type = capitalize(variable);
  return { index, id: `${group}.${noun}`, folder: `modules/${group}/${noun}`, noun, type, variable, ...rest };
}

/** @param {string} word */
function capitalize(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** The path by which the files of a module import a file of another one. @param {GeneratedModule} module @param {string} file */
export function importPath({ folder }, file) {
  return `../../${folder.slice("modules/".length)}/${file}.js`;
}
