import type { Arbiter, Conflict, Resolution } from "../changes/conflict.js";
import { previewPlan } from "../changes/preview.js";
import { GeneratorError } from "../errors.js";
import type { Paint } from "../gate/colours.js";
import { paintDiff } from "../gate/diff.js";

/** Where a person is asked; an answer that is `undefined` means that there is nobody to answer any more. */
export interface Dialogue {
  readonly paint: Paint;
  say(text: string): void;
  ask(question: string): Promise<string | undefined>;
}

const keys = {
  y: "overwrite it",
  n: "keep it as it is",
  a: "overwrite it and all that follow",
  d: "show the difference",
  m: "merge, with conflict markers where both differ",
  x: "stop, and write nothing",
};

const answers: Readonly<Record<string, Resolution>> = { y: "overwrite", a: "overwrite", n: "skip", m: "merge" };

/** Asks a person about each conflict, until one is decided for all; texts that are the same are not worth a question. */
export function askAboutConflicts({ paint, say, ask }: Dialogue): Arbiter {
  let decided: Resolution | undefined;
  return async (conflict) => {
    if (conflict.present === conflict.wanted) return "skip";
    while (decided === undefined) {
      const key = (await ask(`${conflict.path} exists already. Overwrite it? [y n a d m x, h for help] `))
        ?.trim()
        .toLowerCase();
      if (key === undefined || key === "x") throw calledOff(conflict);
      if (key === "a") decided = "overwrite";
      else if (answers[key] !== undefined) return answers[key];
      else say(key === "d" ? paintDiff(await diffOf(conflict), paint) : helpText());
    }
    return decided;
  };
}

async function diffOf({ path, present, wanted }: Conflict): Promise<string> {
  return previewPlan({ root: "", writes: [{ path, target: path, before: present, after: wanted }] });
}

function helpText(): string {
  const lines = Object.entries(keys).map(([key, meaning]) => `  ${key}  ${meaning}\n`);
  return lines.join("");
}

function calledOff({ path }: Conflict): GeneratorError {
  return new GeneratorError("CONFLICT", `Nothing was written: stopped at ${path}, which exists already.`);
}
