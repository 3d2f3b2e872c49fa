/** True when two texts differ in their line ends at most, which git may have changed. */
export function isSameText(a: string, b: string): boolean {
  return a === b || a.replaceAll("\r\n", "\n") === b.replaceAll("\r\n", "\n");
}
