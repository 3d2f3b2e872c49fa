import { measured } from "../measured.js";
import type { Project } from "./types.js";

/**
 * Lets a project's checker answer each question once: many rules ask the same of the same nodes, types and symbols, and a
 * request costs more than most answers. A project lives as long as its snapshot, so no answer outlives what it is about.
 */
export function rememberAnswers({ checker }: Project): void {
  const methods = checker as unknown as Record<string, Method>;
  for (const name of remembered)
    methods[name] = remember(measured("native checker", (methods[name] as Method).bind(checker)));
}

type Method = (subject: object | readonly object[], detail?: string | number) => unknown;

const remembered = [
  "getApparentType",
  "getBaseConstraintOfType",
  "getBaseTypes",
  "getContextualType",
  "getDeclaredTypeOfSymbol",
  "getPropertyOfType",
  "getReturnTypeOfSignature",
  "getSignaturesOfType",
  "getSymbolAtLocation",
  "getTypeArguments",
  "getTypeAtLocation",
  "getTypeOfSymbol",
  "isArrayType",
  "isTupleType",
] as const satisfies readonly (keyof Project["checker"])[];

/** The answer for one subject, or those for many: what is new among them is asked in one request. */
function remember(ask: Method): Method {
  const answers = new Map<object, Map<unknown, unknown>>();
  const getAnswers = (subject: object): Map<unknown, unknown> => {
    let known = answers.get(subject);
    if (!known) answers.set(subject, (known = new Map()));
    return known;
  };
  return (subject, detail) => {
    const subjects: readonly object[] = Array.isArray(subject) ? (subject as readonly object[]) : [subject];
    const unasked = [...new Set(subjects)].filter((one) => !answers.get(one)?.has(detail));
    if (Array.isArray(subject)) {
      const given = unasked.length > 0 ? (ask(unasked, detail) as unknown[]) : [];
      unasked.forEach((one, index) => getAnswers(one).set(detail, given[index]));
      return subjects.map((one) => answers.get(one)?.get(detail));
    }
    if (unasked.length > 0) getAnswers(subject as object).set(detail, ask(subject, detail));
    return answers.get(subject as object)?.get(detail);
  };
}
