import { choosePaint } from "../gate/colours.js";
import type { GateReport } from "../gate/finding.js";
import { type FormatName, formats } from "../gate/formats/formats.js";
import { describeSummary } from "../gate/formats/summary.js";
import { formatTimings } from "../gate/formats/timings.js";
import { openOutputFile } from "../gate/output-file.js";
import { findRepositoryPrefix } from "../gate/repository-root.js";
import { version } from "../release.js";

export interface ReportRequest {
  readonly cwd: string;
  readonly format: FormatName;
  readonly outputFile?: string | undefined;
}

/** Writes reports to standard output, or to a file and one line about it to standard output. */
export type PrintReport = (report: GateReport) => Promise<void>;

/** @throws GeneratorError `WRONG_USAGE` where the file could not be written, before anything is checked. */
export async function createReportPrinter({ cwd, format, outputFile }: ReportRequest): Promise<PrintReport> {
  const file = outputFile === undefined ? undefined : await openOutputFile(cwd, outputFile);
  return async (report) => {
    const paint = choosePaint(file ? {} : process.stdout, process.env);
    const text = formats[format](report, { paint, version, prefix: await findRepositoryPrefix(report.workspace) });
    if (file) await file.write(`${text}\n`);
    process.stdout.write(file ? `${describeSummary(report.summary)}. Report: ${outputFile}\n` : `${text}\n`);
    if (report.timings && format !== "json") process.stderr.write(`${formatTimings(report.timings)}\n`);
  };
}
