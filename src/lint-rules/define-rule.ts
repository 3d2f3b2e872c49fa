import type { TSESLint } from "@typescript-eslint/utils";
import type { Waypoint } from "./call-graph/way.js";
import { writeNote } from "./gate-notes.js";
import { noteReports } from "./note-reports.js";
import { isOurs } from "./share.js";
import { askAgain } from "./type-checker/ask-again.js";

/** What a rule sees of the host: ESLint and oxlint give the same. A report may carry the way to what it is about. */
export type RuleContext<MessageIds extends string, Options extends readonly unknown[]> = Readonly<
  TSESLint.RuleContext<MessageIds, Options>
> & {
  report(descriptor: TSESLint.ReportDescriptor<MessageIds> & { readonly way?: readonly Waypoint[] }): void;
};

/** A rule as it is written in `rules/<name>.ts`. */
export interface RuleDefinition<MessageIds extends string, Options extends readonly unknown[]> {
  /** Concept and rule, the path of its file and its page below `rules`: `tasks/no-sync-io`. */
  readonly name: string;
  readonly meta: Omit<TSESLint.RuleMetaData<MessageIds>, "docs" | "defaultOptions"> & { readonly description: string };
  readonly create: (context: RuleContext<MessageIds, Options>) => TSESLint.RuleListener;
}

/** A rule as ESLint and oxlint load it. */
export type PluginRule = TSESLint.RuleModule<string, readonly unknown[], { readonly description: string }>;

/** Completes a rule with the address of its page, which ships beside it: editors open the page of the installed version. */
export function defineRule<MessageIds extends string, Options extends readonly unknown[]>(
  definition: RuleDefinition<MessageIds, Options>,
): PluginRule {
  const { description, ...meta } = definition.meta;
  const url = new URL(`./rules/${definition.name}.md`, import.meta.url).href;
  const rule = definition.name.slice(definition.name.indexOf("/") + 1);
  writeNote?.({ kind: "rule", rule, description, url });
  const create = noteReports(rule, askAgain(definition.create));
  return {
    defaultOptions: [],
    meta: { ...meta, docs: { description, url } },
    create: (context: RuleContext<MessageIds, Options>) => (isOurs(context.filename) ? create(context) : {}),
  } as unknown as PluginRule;
}
