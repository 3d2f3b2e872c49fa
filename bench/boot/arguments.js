import { cases } from "./cases.js";
import { graphs } from "./graph.js";

/** The case and the graph that a program of its own was given by name. */
export function readArguments() {
  const [caseName, graphName] = process.argv.slice(2);
  const subject = cases.find(({ name }) => name === caseName);
  const graph = graphs.find(({ name }) => name === graphName);
  if (!subject || !graph) throw new Error(`There is no case ${caseName} or no graph ${graphName}.`);
  return { subject, graph };
}
