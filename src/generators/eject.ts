import { createTextFile } from "./changes/change.js";
import { defineGenerator } from "./define-generator.js";
import { didYouMean } from "./did-you-mean.js";
import { GeneratorError } from "./errors.js";
import { kindTemplates, listTemplates } from "./kind-templates.js";
import type { RequiredQuestion } from "./questions/question.js";
import { OVERRIDES } from "./template-overrides.js";
import { readOurTemplate } from "./templates.js";

const kinds = Object.keys(kindTemplates);

/** Copies the templates of a kind into the workspace, where they come before ours. */
export default defineGenerator({
  name: "eject",
  summary: "Copy the templates of a kind into templates/ of the workspace, to change them",
  questions: {
    kind: {
      form: "text",
      positional: true,
      message: "Kind whose templates are copied, such as module",
      check: checkKind,
      choices: () => Promise.resolve(kinds),
    } as const satisfies RequiredQuestion,
  },
  sample: { kind: "service" },
  examples: ["eject module"],
  plan: async ({ kind }) => {
    const templates = await listTemplates(kind);
    const texts = await Promise.all(templates.map(readOurTemplate));
    return templates.map((template, index) => createTextFile(`${OVERRIDES}/${template}`, texts[index]!));
  },
  nextSteps: ({ kind }) => [
    `Change them: from now on, create ${kind} takes these in place of its own. A file that you delete is taken from Phasewise again.`,
  ],
});

function checkKind(kind: string): string | undefined {
  if (kinds.includes(kind)) return undefined;
  return `There is no kind ${JSON.stringify(kind)} with templates.${didYouMean(kind, kinds)} There are: ${kinds.join(", ")}.`;
}

/** The error for a folder that is in no workspace whose `templates/` would be read. */
export function notMarked(folder: string): GeneratorError {
  return new GeneratorError(
    "NO_WORKSPACE",
    `No workspace here that takes templates: neither ${folder} nor a folder above it has a phasewise.config file, or a package.json ` +
      "that depends on phasewise. Add one of them, such as: npm install --save-dev phasewise",
  );
}
