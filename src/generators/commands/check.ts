import type { ArgumentsCamelCase, Argv, CommandModule } from "yargs";
import { GeneratorError } from "../errors.js";
import { type CheckGround, type CheckRequest, prepareCheck } from "../gate/check-workspace.js";
import type { GateReport } from "../gate/finding.js";
import { untilEnded } from "../gate/until-ended.js";
import { showProgress } from "../gate/progress.js";
import { type AdoptionFlags, declareAdoptionFlags, rejectContradictions } from "./adoption-flags.js";
import { checkAsAdopted } from "./check-as-adopted.js";
import { declareReportFlags } from "./report-flags.js";
import { createReportPrinter } from "./report-printer.js";

type CheckFlags = ReturnType<typeof declareFlags> extends Argv<infer Flags> ? Flags : never;

/** `phasewise check`, the gate: exit code 0 without error findings, 1 with some, 2 for wrong usage, 3 for a failure of its own. */
export const checkCommand: CommandModule<object, CheckFlags> = {
  command: "check [paths..]",
  describe: "Check the workspace with the rules of @phasewise/eslint-plugin",
  builder: declareFlags,
  handler: (flags) => untilEnded((ended) => check(flags, ended)),
};

async function check(flags: ArgumentsCamelCase<CheckFlags>, ended: AbortSignal): Promise<void> {
  const { cwd, paths, ignore, config, rule, types, format, outputFile, timings } = flags;
  rejectContradictions(flags);
  const stream = flags.fixDryRun ? process.stderr : process.stdout;
  const print = await createReportPrinter({ cwd, format, outputFile, stream });
  const request = { cwd, paths, ignore, config, rules: rule, types, timings, ended };
  const ground = await prepareCheck(request);
  if (flags.printConfig) return console.log(JSON.stringify(ground.configuration, null, 2));
  const report = await checkVisibly(request, ground, flags);
  await print(flags.quiet ? withoutWarnings(report) : report);
  process.exitCode = judge(report, flags.maxWarnings ?? ground.configuration.maxWarnings);
}

async function checkVisibly(request: CheckRequest, ground: CheckGround, flags: AdoptionFlags): Promise<GateReport> {
  await using progress = showProgress(process.stderr, process.env);
  return await checkAsAdopted({ ...request, progress }, ground, flags);
}

/** The exit code for what was found. */
function judge({ summary: { errors, warnings } }: GateReport, maxWarnings = Infinity): 0 | 1 {
  if (warnings > maxWarnings)
    console.error(`Too many warnings: ${warnings}, and --max-warnings allows ${maxWarnings}.`);
  return errors > 0 || warnings > maxWarnings ? 1 : 0;
}

function declareFlags(yargs: Argv) {
  const none: string[] = [];
  return declareAdoptionFlags(declareReportFlags(yargs))
    .positional("paths", { type: "string", array: true, default: none, describe: "Files and folders; all without any" })
    .option("config", {
      type: "string",
      requiresArg: true,
      describe: "Configuration file; phasewise.config.* unless told",
    })
    .option("rule", {
      type: "string",
      array: true,
      nargs: 1,
      default: none,
      describe: "Severity of a rule, as name=off, name=warn or name=error; repeatable",
    })
    .option("types", { type: "boolean", default: false, describe: "Check the types too, with the native compiler" })
    .option("print-config", { type: "boolean", default: false, describe: "Print the configuration, and check nothing" })
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
    .example("$0 check --fix", "repair what can be repaired")
    .example("$0 check --changed --staged", "what is about to be committed")
    .example("$0 check --baseline", "accept what is there, and report only what is new from now on")
    .example("$0 check --format json > findings.json", "for another program");
}

function checkAmount(amount: number): number {
  if (Number.isInteger(amount) && amount >= 0) return amount;
  throw new GeneratorError(
    "WRONG_USAGE",
    "--max-warnings takes a whole number of 0 or more. Example: --max-warnings 10",
  );
}

/** The summary still counts the warnings. */
function withoutWarnings(report: GateReport): GateReport {
  return { ...report, findings: report.findings.filter(({ severity }) => severity === "error") };
}
