import { styleText } from "node:util";

/** Marks a piece of text. */
export type Paint = (format: Parameters<typeof styleText>[0], text: string) => string;

/** Colours where a reader sees them: on a terminal; `NO_COLOR` and `FORCE_COLOR` decide first, in this order. */
export function choosePaint(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): Paint {
  return wantsColours(stream, env) ? styleText : (_, text) => text;
}

function wantsColours({ isTTY = false }: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  if (env["NO_COLOR"]) return false;
  const forced = env["FORCE_COLOR"];
  return forced === undefined ? isTTY && env["TERM"] !== "dumb" : forced !== "0" && forced !== "false";
}
