/** The candidate that was probably meant: at most a third of the wanted name is typed differently. */
export function findClosestName(wanted: string, candidates: Iterable<string>): string | undefined {
  let closest: string | undefined;
  let least = Math.floor(wanted.length / 3) + 1;
  for (const candidate of candidates) {
    const distance = getEditDistance(wanted, candidate);
    if (distance < least) [closest, least] = [candidate, distance];
  }
  return closest;
}

/** How many characters must be added, removed or replaced to make one of the other. */
function getEditDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const replaced = previous[column - 1]! + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[column]! + 1, current[column - 1]! + 1));
    }
    previous = current;
  }
  return previous[to.length]!;
}
