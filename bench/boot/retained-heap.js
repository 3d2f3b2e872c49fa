/* The heap that a booted application holds: node retained-heap.js <case> <graph> */
import { collectGarbage } from "../collect-garbage.js";
import { readArguments } from "./arguments.js";
import { verifyBoot } from "./boot-module.js";
import { measureBoot } from "./measure-boot.js";

const APPLICATIONS = 4;

const { subject, graph } = readArguments();
const { declare } = await subject.load();

// Two boots before: what the code itself holds once it has run is not the application's.
await measureBoot(subject, graph);
await measureBoot(subject, graph);

const declared = Array.from({ length: APPLICATIONS }, () => graph.createModules()).map((modules) => ({
  modules,
  boot: declare(modules),
}));
const before = await usedHeap();
const booted = [];
for (const { boot } of declared) booted.push(await boot());
const bytes = ((await usedHeap()) - before) / APPLICATIONS;

for (const { modules } of declared) verifyBoot(modules);
for (const { close } of booted) await close();
console.log(JSON.stringify({ bytes }));

async function usedHeap() {
  for (let time = 0; time < 6; time++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    collectGarbage();
  }
  return process.memoryUsage().heapUsed;
}
