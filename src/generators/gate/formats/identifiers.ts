import { createHash } from "node:crypto";
import type { GateReport } from "../finding.js";
import { fingerprintAll } from "../fingerprint.js";
import type { FormatName } from "./formats.js";

/** The formats whose readers follow a finding from run to run. */
const following: readonly FormatName[] = ["gitlab", "sarif"];

/**
 * A name for each finding, for formats that need one: that of the baseline's fingerprint, which stays when the code around
 * moves, with a count where several findings share it.
 */
export async function identify({ findings, workspace }: GateReport, format: FormatName): Promise<string[]> {
  if (!following.includes(format)) return [];
  const seen = new Map<string, number>();
  return (await fingerprintAll(workspace, findings)).map(({ file, key }) => {
    const shared = `${file} ${key}`;
    const earlier = seen.get(shared) ?? 0;
    seen.set(shared, earlier + 1);
    return createHash("sha256").update(`${shared} ${earlier}`).digest("hex").slice(0, 32);
  });
}
