/**
 * What is imported and weighed: the entry of a package, and the benchmark's case for it, which imports the part of the package
 * that it uses.
 *
 * @type {readonly { name: string, kind: import("../series.js").Kind, entries: readonly string[], used: string }[]}
 */
export const subjects = [
  { name: "@phasewise/runtime", kind: "own", entries: ["@phasewise/runtime"], used: "../boot/cases/phasewise.js" },
  { name: "avvio", kind: "peer", entries: ["avvio"], used: "../boot/cases/avvio.js" },
  { name: "Inversify", kind: "peer", entries: ["reflect-metadata", "inversify"], used: "../boot/cases/inversify.js" },
  { name: "Effect", kind: "peer", entries: ["effect"], used: "../boot/cases/effect.js" },
  {
    name: "NestJS",
    kind: "peer",
    entries: ["reflect-metadata", "@nestjs/common", "@nestjs/core"],
    used: "../boot/cases/nestjs-use-factory.js",
  },
];
