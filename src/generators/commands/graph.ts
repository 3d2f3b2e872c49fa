import { realpath } from "node:fs/promises";
import { basename } from "node:path";
import type { Argv, CommandModule } from "yargs";
import { GeneratorError } from "../errors.js";
import { prepareCheck } from "../gate/check-workspace.js";
import { choosePaint } from "../gate/colours.js";
import { findProblems } from "../gate/module-graph/find-problems.js";
import { buildModuleGraph } from "../gate/module-graph/module-graph.js";
import { readModuleFacts } from "../gate/module-graph/read-facts.js";
import { openOutputFile } from "../gate/output-file.js";
import { coverBelow, toPatterns } from "../gate/patterns.js";
import { applySeverities } from "../gate/severities.js";
import { formatBoot } from "../graph/boot/format.js";
import { formatDot } from "../graph/dot.js";
import { focusOn } from "../graph/focus.js";
import { formatGraphJson } from "../graph/graph-json.js";
import { formatHtml } from "../graph/html.js";
import { formatMermaid } from "../graph/mermaid.js";
import { readReportFindings } from "../graph/report-findings.js";
import { formatText } from "../graph/text.js";
import { type GraphView, describeGraph } from "../graph/view.js";

type GraphFlags = ReturnType<typeof declareFlags> extends Argv<infer Flags> ? Flags : never;

/** `phasewise graph`: draws the modules of a workspace, or the boot that a report tells of. */
export const graphCommand: CommandModule<object, GraphFlags> = {
  command: "graph",
  describe: "Draw the modules of the workspace, or a boot report",
  builder: declareFlags,
  async handler(flags) {
    const { cwd, outputFile } = flags;
    const output = outputFile === undefined ? undefined : await openOutputFile(cwd, outputFile);
    const text = await (flags.boot === undefined ? drawModules(flags) : drawBoot(flags, flags.boot));
    if (output) await output.write(`${text}\n`);
    else console.log(text);
  },
};

const formats = ["text", "mermaid", "dot", "json", "html", "chrome-trace"] as const;

function declareFlags(yargs: Argv) {
  return yargs
    .option("format", { choices: formats, default: "text" as const, describe: "Form of the drawing" })
    .option("focus", { type: "string", requiresArg: true, describe: "A module: only what it needs, and what needs it" })
    .option("boot", {
      type: "string",
      requiresArg: true,
      describe: "A boot report (JSON): when was which module booted",
    })
    .option("findings", {
      type: "string",
      requiresArg: true,
      describe: "A report of `phasewise check --format json`: what it found, by module",
    })
    .option("output-file", { type: "string", requiresArg: true, describe: "File to write to" })
    .option("ignore", {
      type: "string",
      array: true,
      nargs: 1,
      default: [] as string[],
      describe: "Glob to leave out; repeatable",
    })
    .option("cwd", { type: "string", requiresArg: true, default: ".", describe: "Folder to start from" })
    .example("$0 graph", "the modules, level by level")
    .example("$0 graph --format html --output-file graph.html", "a page to look around in")
    .example("$0 graph --boot report.json", "the boot as a timeline");
}

async function drawModules({ cwd, ignore, focus, format, findings }: GraphFlags): Promise<string> {
  if (format === "chrome-trace")
    throw wrongUsage("--format chrome-trace draws a boot: name its report with --boot <file>.");
  const { targets, configuration } = await prepareCheck({ cwd, paths: [], ignore });
  const { workspace } = targets;
  const left = coverBelow([...toPatterns(configuration.ignores), ...ignore]);
  const facts = await readModuleFacts({ workspace, ignore: left });
  if (!facts)
    throw wrongUsage(`No module in ${workspace}: no file calls defineModule. Make one with: create-module <id>`);
  const whole = buildModuleGraph(facts);
  const graph = focus === undefined ? whole : focusOn(whole, focus);
  const ids = new Set(graph.modules.map(({ id }) => id));
  const reported = findings === undefined ? [] : await readReportFindings(cwd, findings, whole);
  const problems = [...applySeverities(findProblems(whole), configuration), ...reported].filter(
    ({ module }) => focus === undefined || (module !== undefined && ids.has(module)),
  );
  return formatGraph(describeGraph(graph, problems), format, basename(workspace));
}

async function formatGraph(
  view: GraphView,
  format: Exclude<GraphFlags["format"], "chrome-trace">,
  name: string,
): Promise<string> {
  switch (format) {
    case "text":
      return formatText(view, choosePaint(process.stdout, process.env));
    case "mermaid":
      return formatMermaid(view);
    case "dot":
      return formatDot(view);
    case "json":
      return formatGraphJson(view);
    case "html":
      return formatHtml(view, name);
  }
}

async function drawBoot({ cwd, format, focus, findings }: GraphFlags, file: string): Promise<string> {
  if (format === "mermaid" || format === "dot")
    throw wrongUsage(`--format ${format} draws modules. A boot is drawn as text, html, json or chrome-trace.`);
  if (findings !== undefined) throw wrongUsage("--findings are those of modules: leave them out with --boot.");
  if (focus !== undefined) throw wrongUsage("--focus is for a drawing of modules: leave it out with --boot.");
  const folder = await realpath(cwd).catch(() => {
    throw wrongUsage(`${cwd} does not exist. Give an existing folder to --cwd.`);
  });
  return formatBoot(folder, file, format, choosePaint(process.stdout, process.env));
}

function wrongUsage(message: string): GeneratorError {
  return new GeneratorError("WRONG_USAGE", message);
}
