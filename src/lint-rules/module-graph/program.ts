/*
 * Prints the facts of a workspace's modules as JSON: `node program.js < files.txt`, in the workspace, with the paths of the
 * files to read on standard input, one a line. The gate runs it as a program of its own, so that it needs none of our code.
 */
import { text } from "node:stream/consumers";
import { CheckerFailure } from "../type-checker/checker-failure.js";
import { getCurrentSession } from "../type-checker/current-session.js";
import { toCheckerPath } from "../type-checker/unsaved-text.js";
import { findConcerned } from "./concerned-files.js";
import { findModuleGraphFacts } from "./find-facts.js";

try {
  const listed = (await text(process.stdin)).split("\n").filter((line) => line !== "");
  const files = await findConcerned(listed);
  const session = getCurrentSession();
  if (!session) throw new CheckerFailure("TypeScript's native checker does not start.");
  const facts = findModuleGraphFacts(toCheckerPath(process.cwd()), files, session);
  process.stdout.write(`${JSON.stringify(facts)}\n`);
} catch (error) {
  if (!(error instanceof CheckerFailure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 3;
}
