/** The items by what each is asked for, in their order. */
export function groupBy<Key, Item>(items: Iterable<Item>, ask: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = ask(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
