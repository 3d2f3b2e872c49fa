// @ts-nocheck The peers are installed in bench/ only.
import { readOptions } from "../options.js";
import { printReport } from "../report.js";
import { measureHttp } from "./http.js";
import { measureResilience } from "./resilience.js";
import { measureResources } from "./resources.js";
import { measureStreams } from "./streams.js";
import { measureTasks } from "./tasks.js";

const options = readOptions();
const parts = [];
for (const measure of [measureTasks, measureStreams, measureResources, measureResilience, measureHttp]) {
  parts.push(await measure(options));
}

printReport(
  {
    bench: "async",
    tables: parts.flatMap(({ tables }) => tables),
    figures: parts.map(({ figures }) => figures),
    targets: parts.flatMap(({ targets }) => targets),
  },
  options,
);
