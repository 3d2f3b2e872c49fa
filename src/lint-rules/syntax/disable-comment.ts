/** A comment that silences rules. */
export interface DisableComment {
  /** How it begins: `eslint-disable-next-line`. */
  readonly directive: string;
  /** The rules that it names; empty when it silences all. */
  readonly rules: readonly string[];
  /** What stands behind ` -- `; empty without it. */
  readonly reason: string;
}

/** Reads the text of a comment; `undefined` when it silences nothing. */
export function readDisableComment(text: string): DisableComment | undefined {
  const [, directive, rest = ""] =
    /^\s*((?:eslint|oxlint)-disable(?:-next-line|-line)?)(?=\s|$)(.*)$/s.exec(text) ?? [];
  if (directive === undefined) return undefined;
  const [names = "", ...reasons] = rest.split(/(?:^|\s)-{2,}(?:\s|$)/);
  const rules = names.split(",").map((name) => name.trim());
  return { directive, rules: rules.filter(Boolean), reason: reasons.join(" ").trim() };
}
