import { createFile } from "../changes/change.js";
import { defineGenerator } from "../define-generator.js";
import { provider } from "../questions/provider.js";

const files: Readonly<Record<string, readonly [path: string, template: string]>> = {
  github: [".github/workflows/check.yml", "app/.github/workflows/check.yml"],
  gitlab: [".gitlab-ci.yml", "ci/gitlab-ci.yml"],
};

/** Runs the gate in continuous integration. */
export default defineGenerator({
  name: "ci",
  summary: "Run the gate in GitHub or GitLab",
  questions: { provider: provider(Object.keys(files)) },
  sample: { provider: "gitlab" },
  examples: ["ci --provider github", "ci --provider gitlab"],
  plan: async ({ provider: name }) => {
    const [path, template] = files[name]!;
    return [createFile(path, template)];
  },
  nextSteps: ({ provider: name }) => [`Commit ${files[name]![0]}: the gate runs with the next push`],
});
