import { createInterface } from "node:readline/promises";
import { choosePaint } from "../gate/colours.js";
import type { Dialogue } from "./conflict-dialogue.js";

/** Asks on the terminal; questions go to standard error, so that standard output stays for the outcome. */
export function openTerminal(): Dialogue {
  return {
    paint: choosePaint(process.stderr, process.env),
    say: (text) => void process.stderr.write(text),
    ask: askOnTerminal,
  };
}

async function askOnTerminal(question: string): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<undefined>((resolve) => lines.once("close", () => resolve(undefined)));
  try {
    return await Promise.race([lines.question(question), closed]);
  } finally {
    lines.close();
  }
}
