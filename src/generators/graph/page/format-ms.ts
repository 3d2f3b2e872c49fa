/** A duration as the page shows it. */
export function formatMs(ms: number): string {
  return `${ms.toFixed(1)} ms`;
}
