/*
 * What the program of @phasewise/eslint-plugin prints, which alone knows how to read modules.
 */

/** Where something is written: lines and columns from 1, columns in UTF-16 units as editors count them. */
export interface Place {
  /** Relative to the workspace, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** An id, and where code names it. */
export interface NamedFact {
  readonly id: string;
  readonly place: Place;
}

export interface DependencyFact extends NamedFact {
  readonly isOptional: boolean;
  /** The range of versions that is asked for. */
  readonly version?: string;
}

/** `context.registerService("billing.invoices", new InvoiceService())` */
export interface ServiceFact extends NamedFact {
  readonly className?: string;
  readonly isLazy: boolean;
  /** Is it registered in some cases only, as in one branch of an `if`? */
  readonly isConditional: boolean;
}

/** `context.getService("core.database")` */
export interface UseFact extends NamedFact {
  readonly call: string;
  /** The code can do without the service: `findService`. */
  readonly isOptional: boolean;
}

/** `context.publish(…)`, `context.subscribe(…)`: the type of an event, or the pattern that is listened to. */
export interface EventFact extends NamedFact {
  readonly call: string;
}

/** A call whose id only running the code would tell. */
export interface UnknownFact {
  readonly call: string;
  readonly place: Place;
}

/** What code registers, asks for, publishes and listens to. */
export interface CodeFacts {
  readonly services: readonly ServiceFact[];
  readonly uses: readonly UseFact[];
  readonly declaredEvents: readonly NamedFact[];
  readonly publishedEvents: readonly EventFact[];
  readonly handledEvents: readonly EventFact[];
  readonly unknown: readonly UnknownFact[];
}

export interface ModuleFacts extends CodeFacts {
  readonly id: string;
  /** Where `defineModule` is given the id. */
  readonly place: Place;
  readonly version?: string;
  /**
   * `discovered` modules are the default export of a `module.ts`, `exported` ones are known to other files, `local` ones
   * to their file alone.
   */
  readonly visibility: "discovered" | "exported" | "local";
  readonly dependencies: readonly DependencyFact[];
  /** Are these all dependencies, or may there be more that only running the code would tell? */
  readonly isComplete: boolean;
  /** Those of its folders that are layers, from the top. */
  readonly layers: readonly string[];
  /** The tsconfig that its file belongs to, relative to the workspace; empty without one. */
  readonly project: string;
}

/** The modules of a workspace, as far as they are known without running them. */
export interface ModuleGraphFacts {
  readonly modules: readonly ModuleFacts[];
  /** Calls of `defineModule` whose id is not known. */
  readonly unreadable: readonly { readonly place: Place }[];
  /** Code that is no module's alone, such as that of the application. */
  readonly shared: CodeFacts;
  /** Installed packages that use the runtime, and may bring modules of their own. */
  readonly packages: readonly string[];
}
