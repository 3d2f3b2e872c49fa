import { createInterface } from "node:readline";
import { choosePaint } from "../gate/colours.js";
import type { Dialogue } from "./conflict-dialogue.js";

/** Asks on the terminal; questions go to standard error, so that standard output stays for the outcome. */
export function openTerminal(): Dialogue {
  let readLine: (() => Promise<string | undefined>) | undefined;
  const say = (text: string) => void process.stderr.write(text);
  return {
    paint: choosePaint(process.stderr, process.env),
    say,
    ask: (question) => {
      say(question);
      readLine ??= openLines();
      return readLine();
    },
  };
}

/** Reads lines one by one; what is typed ahead is kept for the next question, and the end of input is `undefined`. */
function openLines(): () => Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, terminal: false });
  const typed: string[] = [];
  let isOver = false;
  let answer: ((line: string | undefined) => void) | undefined;
  const settle = () => {
    if (answer === undefined || (typed.length === 0 && !isOver)) return;
    answer(typed.shift());
    answer = undefined;
    lines.pause();
  };
  lines.on("line", (line) => {
    typed.push(line);
    settle();
  });
  lines.on("close", () => {
    isOver = true;
    settle();
  });
  return () => {
    const line = new Promise<string | undefined>((resolve) => (answer = resolve));
    if (!isOver) lines.resume();
    settle();
    return line;
  };
}
