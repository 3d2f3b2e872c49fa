import type { OptionalQuestion, RequiredQuestion } from "./question.js";

/** A folder that the generator may have to make. */
export function newFolder(message: string) {
  return { form: "folder", positional: true, message, check: checkFolder } as const satisfies RequiredQuestion;
}

/** A folder to read from, for those who know that they need it. */
export function optionalFolder(message: string) {
  return {
    form: "folder",
    optional: true,
    flagOnly: true,
    message,
    check: checkFolder,
  } as const satisfies OptionalQuestion;
}

function checkFolder(path: string): string | undefined {
  if (path.trim() !== "" && !path.includes("\0")) return undefined;
  return `${JSON.stringify(path)} is not a folder: give its path. Example: ./shop.`;
}
