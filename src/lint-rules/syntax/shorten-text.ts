/** Code for a message: in one line, and at most sixty characters of it. */
export function shortenText(code: string): string {
  const line = code.replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}
