/**
 * A line that violates a rule.
 *
 * @typedef {{ rule: string, file: string, line: number }} Mark
 */

/**
 * The lines that end in `// violates <rule>`, or in several of them with commas between.
 *
 * @param {Readonly<Record<string, string>>} files
 * @returns {Mark[]}
 */
export function findMarks(files) {
  return Object.entries(files).flatMap(([file, text]) =>
    text.split("\n").flatMap((content, index) => {
      const rules = / \/\/ violates (.*)$/.exec(content)?.[1]?.split(", ") ?? [];
      return rules.map((rule) => ({ rule, file, line: index + 1 }));
    }),
  );
}
