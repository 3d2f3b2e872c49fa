import { choosePaint } from "../gate/colours.js";
import type { GateReport } from "../gate/finding.js";
import { type FormatName, formats } from "../gate/formats/formats.js";
import { identify } from "../gate/formats/identifiers.js";
import { describeSummary } from "../gate/formats/summary.js";
import { formatTimings } from "../gate/formats/timings.js";
import { openOutputFile } from "../gate/output-file.js";
import { findMarkedWorkspacePrefix } from "../gate/repository-root.js";
import { version } from "../release.js";

export interface ReportRequest {
  readonly cwd: string;
  readonly format: FormatName;
  readonly outputFile?: string | undefined;
  /** Where the report goes without a file, and the line about it with one. */
  readonly stream: NodeJS.WriteStream;
}

/** Writes a report to a stream, or to a file and one line about it to the stream. */
export type PrintReport = (report: GateReport) => Promise<void>;

/** @throws GeneratorError `WRONG_USAGE` where the file could not be written, before anything is checked. */
export async function createReportPrinter({ cwd, format, outputFile, stream }: ReportRequest): Promise<PrintReport> {
  const file = outputFile === undefined ? undefined : await openOutputFile(cwd, outputFile);
  return async (report) => {
    const paint = choosePaint(file ? {} : stream, process.env);
    const [prefix, identifiers] = await Promise.all([
      findMarkedWorkspacePrefix(report.workspace),
      identify(report, format),
    ]);
    const text = formats[format](report, { paint, version, prefix, identifiers });
    if (file) await file.write(`${text}\n`);
    stream.write(file ? `${describeSummary(report.summary)}. Report: ${outputFile}\n` : `${text}\n`);
    if (report.timings && format !== "json") process.stderr.write(`${formatTimings(report.timings)}\n`);
  };
}
