/** The globs of a configuration as patterns of `.gitignore`: those begin at the workspace with a slash, and have no braces. */
export function toPatterns(globs: readonly string[]): string[] {
  return globs.flatMap(expandBraces).map((glob) => `/${glob}`);
}

/** A folder that is left out leaves out what is below it: oxlint forgets that for a file which is given by its path. */
export function coverBelow(patterns: readonly string[]): string[] {
  return patterns.flatMap(expandBraces).flatMap((pattern) => {
    const folder = pattern.replace(/\/+$/, "");
    const isAnchored = folder.includes("/");
    return pattern.startsWith("!") ? [pattern] : [pattern, `${isAnchored ? "" : "**/"}${folder}/**`];
  });
}

function expandBraces(glob: string): string[] {
  const [all, choices] = /\{([^{}]*)\}/.exec(glob) ?? [];
  if (all === undefined) return [glob];
  return choices!.split(",").flatMap((choice) => expandBraces(glob.replace(all, () => choice)));
}
