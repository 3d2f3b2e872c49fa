/**
 * Some of these, the same each time: each group has its turn before any has its next one, and within a group they are as
 * far apart as can be.
 *
 * @template Item
 * @param {readonly Item[]} items
 * @param {number} amount
 * @param {(item: Item) => string} nameGroup
 * @returns {Item[]}
 */
export function spread(items, amount, nameGroup) {
  /** @type {Map<string, Item[]>} */
  const groups = new Map();
  for (const item of items) groups.set(nameGroup(item), [...(groups.get(nameGroup(item)) ?? []), item]);
  const shares = shareOut(
    [...groups.values()].map(({ length }) => length),
    amount,
  );
  return [...groups.values()].flatMap((group, index) => {
    const share = shares[index] ?? 0;
    return group.filter(
      (_, position) =>
        Math.floor((position * share) / group.length) !== Math.floor(((position - 1) * share) / group.length),
    );
  });
}

/** @param {readonly number[]} sizes @param {number} amount */
function shareOut(sizes, amount) {
  const shares = sizes.map(() => 0);
  for (let left = amount, before = -1; left > 0 && left !== before;) {
    before = left;
    sizes.forEach((size, index) => {
      const share = shares[index] ?? 0;
      if (left === 0 || share === size) return;
      shares[index] = share + 1;
      left--;
    });
  }
  return shares;
}
