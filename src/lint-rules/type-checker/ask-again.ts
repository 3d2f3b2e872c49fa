import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { CheckerFailure } from "./checker-failure.js";
import { dropDeadSession } from "./current-session.js";

type Create<MessageIds extends string, Options extends readonly unknown[]> = (
  context: Readonly<TSESLint.RuleContext<MessageIds, Options>>,
) => TSESLint.RuleListener;

/**
 * A rule that survives the death of the checker. Rules ask it in `Program:exit`: when it dies meanwhile, that listener
 * runs once more with a new one, and what it had reported is dropped. So it must only read what the others gathered.
 * When it dies again, this throws, and no host asks more about the file.
 */
export function askAgain<MessageIds extends string, Options extends readonly unknown[]>(
  create: Create<MessageIds, Options>,
): Create<MessageIds, Options> {
  return (context) => {
    let reports: TSESLint.ReportDescriptor<MessageIds>[] | undefined;
    const report = (descriptor: TSESLint.ReportDescriptor<MessageIds>) => {
      if (reports) reports.push(descriptor);
      else context.report(descriptor);
    };
    const listener = create(Object.create(context, { report: { value: report } }) as typeof context);
    const finish = listener["Program:exit"];
    if (!finish) return listener;
    return { ...listener, "Program:exit": finishAgain };

    function finishAgain(program: TSESTree.Program): void {
      if (!attempt(program) && !attempt(program)) throw createFailure(context.filename);
      const held = reports ?? [];
      reports = undefined;
      for (const descriptor of held) context.report(descriptor);
    }

    /** Answers whether the checker has survived it. */
    function attempt(program: TSESTree.Program): boolean {
      reports = [];
      try {
        finish?.(program);
        return true;
      } catch (error) {
        if (!dropDeadSession()) throw error;
        return false;
      }
    }
  };
}

function createFailure(fileName: string): CheckerFailure {
  return new CheckerFailure(
    `TypeScript's native checker died twice on ${fileName}, so nothing is known of this file. ` +
      "Free memory if that ran out; if not, leave the file out, and report a bug with it.",
  );
}
