import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";

const program = fileURLToPath(new URL("../../src/generators/dist/phasewise.js", import.meta.url));

/** What is typed as soon as a text is on the screen, below all that was typed at before. */
export type Reply = readonly [seen: RegExp, keys: string];

/** How a program on a terminal ended, and all that it has shown. */
export interface Session {
  readonly exitCode: number | null;
  readonly screen: string;
}

/** Runs the built program on a terminal of its own, which `script` of util-linux makes, and replies to what it shows. */
export function runOnTerminal(args: readonly string[], cwd: string, replies: readonly Reply[]): Promise<Session> {
  const command = [process.execPath, program, ...args].map((word) => `'${word}'`).join(" ");
  const child = spawn("script", ["-qfec", command, "/dev/null"], {
    cwd,
    env: { ...process.env, CI: "", TERM: "xterm" },
  });
  const left = [...replies];
  let screen = "";
  let from = 0;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    screen += stripVTControlCharacters(text);
    const [seen, keys = ""] = left[0] ?? [];
    if (!seen?.test(screen.slice(from))) return;
    left.shift();
    from = screen.length;
    child.stdin.write(keys);
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject).once("close", (exitCode) => resolve({ exitCode, screen }));
  });
}
