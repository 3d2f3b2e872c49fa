// Preloaded into a measured process: writes the processor time that it took, in microseconds, at its end.
import { writeFileSync } from "node:fs";

process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  writeFileSync(process.env["PHASEWISE_USAGE"] ?? "", String(user + system));
});
