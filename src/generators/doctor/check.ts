/** What one look at a workspace has found: one line, with a remedy where something is wrong. */
export interface Check {
  /** Stable, for programs: `node`, `tsconfig`. */
  readonly name: string;
  /** `note`: nothing is wrong, and there is something to know. */
  readonly status: "ok" | "wrong" | "note";
  readonly fact: string;
  readonly remedy?: string;
}

export function ok(name: string, fact: string): Check {
  return { name, status: "ok", fact };
}

export function note(name: string, fact: string): Check {
  return { name, status: "note", fact };
}

export function wrong(name: string, fact: string, remedy: string): Check {
  return { name, status: "wrong", fact, remedy };
}
