import type { Argv } from "yargs";
import { didYouMean } from "../did-you-mean.js";
import { GeneratorError } from "../errors.js";
import { type FormatName, formatNames } from "../gate/formats/formats.js";

/** Adds the flags that say what a report looks like and where it goes. */
export function declareReportFlags<Flags>(yargs: Argv<Flags>) {
  return yargs
    .option("format", {
      type: "string",
      requiresArg: true,
      default: "pretty" as FormatName,
      coerce: checkFormat,
      describe: `Form of the report: ${formatNames.join(", ")}`,
    })
    .option("output-file", {
      type: "string",
      requiresArg: true,
      coerce: requireOne,
      describe: "File to write the report to, in an existing folder",
    })
    .option("timings", { type: "boolean", default: false, describe: "Tell where the time goes, by stage and rule" });
}

function checkFormat(given: string | readonly string[]): FormatName {
  const name = requireOne(given, "format");
  const format = formatNames.find((known) => known === name);
  if (format !== undefined) return format;
  throw new GeneratorError(
    "WRONG_USAGE",
    `There is no format ${name}.${didYouMean(name, formatNames)} The formats are ${formatNames.join(", ")}.`,
  );
}

function requireOne(given: string | readonly string[], flag = "output-file"): string {
  if (typeof given === "string") return given;
  throw new GeneratorError(
    "WRONG_USAGE",
    `--${flag} is given ${given.length} times. Give it once: one run writes one report.`,
  );
}
