/* One boot, the first of its process: node boot-once.js <case> <graph> */
import { readArguments } from "./arguments.js";
import { measureBoot } from "./measure-boot.js";

const { subject, graph } = readArguments();
const begunMs = performance.now();
await subject.load();
const importMs = performance.now() - begunMs;
const { bootMs } = await measureBoot(subject, graph);
console.log(JSON.stringify({ importMs, bootMs }));
