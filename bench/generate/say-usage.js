// Preloaded into a measured process, and into those that it starts: each adds the processor time that it took, in microseconds.
import { appendFileSync } from "node:fs";

process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  appendFileSync(process.env["PHASEWISE_USAGE"] ?? "", `${user + system}\n`);
});
