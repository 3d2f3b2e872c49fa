import search from "@inquirer/search";
import { GeneratorError } from "../errors.js";

/** More choices than these are searched, not scrolled through. */
export const MANY = 10;

/** What a search shows: the choices that have the typed text in their name, those that begin with it first. */
export interface Search {
  readonly message: string;
  readonly pageSize: number;
  source(typed: string | undefined): readonly string[];
}

/** Asks on the terminal for one of many choices: a part of its name finds it. */
export async function askToSearch(message: string, choices: readonly string[]): Promise<string> {
  try {
    return await search(searchAmong(message, choices));
  } catch (cause) {
    if (!(cause instanceof Error) || cause.name !== "ExitPromptError") throw cause;
    throw new GeneratorError("INTERRUPTED", "Nothing was written: the question was called off.", { cause });
  }
}

/** The search among some choices. */
export function searchAmong(message: string, choices: readonly string[]): Search {
  return {
    message: `${message} (type a part of it; there are ${choices.length})`,
    pageSize: MANY,
    source: (typed = "") => findMatches(typed.trim().toLowerCase(), choices),
  };
}

function findMatches(typed: string, choices: readonly string[]): string[] {
  const matches = choices.filter((choice) => choice.includes(typed));
  return matches.sort((a, b) => Number(b.startsWith(typed)) - Number(a.startsWith(typed)));
}
