import { Result } from "@phasewise/runtime";
import type { PolicyContext } from "@phasewise/runtime/resilience";

export type Answer = Result<string, "BUSY" | "NOT_FOUND">;

export const succeed = async (): Promise<Answer> => Result.success("done");
export const fail = async (): Promise<Answer> => Result.error("BUSY", "come back later");
export const missing = async (): Promise<Answer> => Result.error("NOT_FOUND", "there is none");
export const never = () => new Promise<Answer>(() => {});

/** Work that the test ends. It knows what it was begun with, each time. */
export function openWork() {
  const contexts: PolicyContext[] = [];
  const ends: { resolve: (answer: Answer) => void; reject: (error: unknown) => void }[] = [];
  const work = (context: PolicyContext) => {
    contexts.push(context);
    return new Promise<Answer>((resolve, reject) => ends.push({ resolve, reject }));
  };
  return { work, contexts, ends };
}

/** Work that answers one of these after another, and then succeeds. */
export function scripted(...answers: readonly (() => Promise<Answer>)[]) {
  const left = [...answers];
  const contexts: PolicyContext[] = [];
  const work = (context: PolicyContext) => {
    contexts.push(context);
    return (left.shift() ?? succeed)();
  };
  return { work, contexts };
}
