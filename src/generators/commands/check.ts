import type { Argv, CommandModule } from "yargs";
import { GeneratorError } from "../errors.js";
import { checkWorkspace } from "../gate/check-workspace.js";
import { choosePaint } from "../gate/colours.js";
import type { GateReport } from "../gate/finding.js";
import { formatJson } from "../gate/json.js";
import { formatPretty } from "../gate/pretty.js";

type CheckFlags = ReturnType<typeof declareFlags> extends Argv<infer Flags> ? Flags : never;

/** `phasewise check`, the gate: exit code 0 without error findings, 1 with some, 2 for wrong usage, 3 for a failure of its own. */
export const checkCommand: CommandModule<object, CheckFlags> = {
  command: "check [paths..]",
  describe: "Check the workspace with the rules of @phasewise/eslint-plugin",
  builder: declareFlags,
  async handler({ cwd, paths, ignore, format, quiet, maxWarnings = Infinity }) {
    const report = await checkWorkspace({ cwd, paths, ignore });
    console.log(formatReport(quiet ? withoutWarnings(report) : report, format));
    const { errors, warnings } = report.summary;
    if (warnings > maxWarnings)
      console.error(`Too many warnings: ${warnings}, and --max-warnings allows ${maxWarnings}.`);
    if (errors > 0 || warnings > maxWarnings) process.exitCode = 1;
  },
};

function declareFlags(yargs: Argv) {
  const none: string[] = [];
  return yargs
    .positional("paths", { type: "string", array: true, default: none, describe: "Files and folders; all without any" })
    .option("format", {
      choices: ["pretty", "json"] as const,
      default: "pretty" as const,
      describe: "Form of the report",
    })
    .option("quiet", { type: "boolean", default: false, describe: "Report errors only" })
    .option("max-warnings", { type: "number", coerce: checkAmount, describe: "Fail when there are more warnings" })
    .option("ignore", {
      type: "string",
      array: true,
      nargs: 1,
      default: none,
      describe: "Glob to leave out; repeatable",
    })
    .option("cwd", { type: "string", requiresArg: true, default: ".", describe: "Folder to start from" })
    .example("$0 check", "the whole workspace")
    .example("$0 check modules/orders", "one module")
    .example("$0 check --format json > findings.json", "for another program");
}

function checkAmount(amount: number): number {
  if (Number.isInteger(amount) && amount >= 0) return amount;
  throw new GeneratorError(
    "WRONG_USAGE",
    "--max-warnings takes a whole number of 0 or more. Example: --max-warnings 10",
  );
}

function formatReport(report: GateReport, format: CheckFlags["format"]): string {
  return format === "json" ? formatJson(report) : formatPretty(report, choosePaint(process.stdout, process.env));
}

/** The summary still counts the warnings. */
function withoutWarnings({ findings, summary }: GateReport): GateReport {
  return { findings: findings.filter(({ severity }) => severity === "error"), summary };
}
