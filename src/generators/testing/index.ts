export { expectGoldenTree } from "./golden-tree.js";
export { type Files } from "./memory-project.js";
export { runGenerator, type GeneratorRun } from "./run-generator.js";
