import type { PromptQuestion } from "node-plop";
import { didYouMean } from "../did-you-mean.js";

const SHOWN = 6;

/** A line of text that shows the choices it fits while it is typed, and takes the one that is left. */
export function searchPrompt(name: string, message: string, choices: readonly string[]): PromptQuestion {
  return {
    type: "input",
    name,
    message: `${message} (type a part of it; there are ${choices.length})`,
    filter: (value: string) => pick(value, choices) ?? value,
    validate: (value: string) => choices.includes(value) || `${describe(value, choices)}.${didYouMean(value, choices)}`,
    transformer: (value: string, _: unknown, { isFinal }: { isFinal?: boolean | undefined } = {}) => {
      if (isFinal) return pick(value, choices) ?? value;
      return `${value}  (${describe(value, choices)})`;
    },
  };
}

/** The choice that a text names: exactly, or as a part of this one alone. */
function pick(value: string, choices: readonly string[]): string | undefined {
  const typed = value.trim();
  const [only, ...others] = choices.includes(typed) ? [typed] : findMatches(typed, choices);
  return others.length === 0 ? only : undefined;
}

function describe(value: string, choices: readonly string[]): string {
  const matches = findMatches(value.trim(), choices);
  if (matches.length === 0) return "none has this in its name";
  return [...matches.slice(0, SHOWN), ...(matches.length > SHOWN ? [`… ${matches.length} in all`] : [])].join(", ");
}

/** Those that begin with the text come first. */
function findMatches(typed: string, choices: readonly string[]): string[] {
  const matches = choices.filter((choice) => choice.includes(typed.toLowerCase()));
  return matches.sort((a, b) => Number(b.startsWith(typed)) - Number(a.startsWith(typed)));
}
