import type { Argv, CommandModule } from "yargs";
import type { Check } from "../doctor/check.js";
import { diagnose } from "../doctor/diagnose.js";
import { type Paint, choosePaint } from "../gate/colours.js";

type DoctorFlags = ReturnType<typeof declareFlags> extends Argv<infer Flags> ? Flags : never;

const SCHEMA_VERSION = 1;

/** `phasewise doctor`: exit code 0 when all is well, 1 when something is wrong, 2 for wrong usage. */
export const doctorCommand: CommandModule<object, DoctorFlags> = {
  command: "doctor",
  describe: "Look whether editor and gate have what they need",
  builder: declareFlags,
  async handler({ cwd, json }) {
    const checks = await diagnose(cwd);
    const isWell = checks.every(({ status }) => status !== "wrong");
    const report = { schemaVersion: SCHEMA_VERSION, ok: isWell, checks };
    const paint = choosePaint(process.stdout, process.env);
    const lines = checks.map((check) => formatCheck(check, paint));
    process.stdout.write(`${json ? JSON.stringify(report, null, 2) : lines.join("\n")}\n`);
    if (!isWell) process.exitCode = 1;
  },
};

function declareFlags(yargs: Argv) {
  return yargs
    .option("json", { type: "boolean", default: false, describe: "Print JSON" })
    .option("cwd", { type: "string", requiresArg: true, default: ".", describe: "Folder to start from" });
}

const labels = { ok: ["green", "ok   "], note: ["yellow", "note "], wrong: ["red", "wrong"] } as const;

function formatCheck({ status, fact, remedy }: Check, paint: Paint): string {
  const [colour, label] = labels[status];
  return [paint(colour, label), fact, ...(remedy === undefined ? [] : [remedy])].join(" ");
}
