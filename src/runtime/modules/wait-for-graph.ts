import { deadlock } from "./errors.js";

/** Something that others may wait for: that a module becomes active, or that a lazy service is made. */
export interface Activity {
  /** How messages call it: `module "billing"`. */
  readonly name: string;
  /** What it has asked to wait for at this moment; made when it first waits. */
  waits?: Set<Wait>;
  /** What it waits for because dependencies are declared so. */
  findPrerequisites(): readonly Activity[];
  /** Is it still to end, and must each of its `waits` end before it can? */
  isHeldByWaits(): boolean;
}

interface Wait {
  readonly target: Activity;
  /** What is awaited, for messages: `the service "mail.sender"`. */
  readonly what: string;
}

/**
 * Notes that one activity waits for another until the function it gives back is called.
 *
 * @throws ModuleError `DEADLOCK` with the circle, when the other one can only end after this one.
 */
export function beginWait(waiter: Activity, target: Activity, what: string): () => void {
  const wait = { target, what };
  (waiter.waits ??= new Set()).add(wait);
  const circle = findCircle(waiter);
  if (circle) {
    waiter.waits?.delete(wait);
    throw deadlock(circle);
  }
  return () => void waiter.waits?.delete(wait);
}

/** The sentences of a circle through this activity, if there is one. */
function findCircle(start: Activity): string[] | undefined {
  const sentences = new Map<Activity, readonly string[]>([[start, []]]);
  for (const [activity, path] of sentences) {
    for (const { target, what } of findWaits(activity)) {
      const longer = [...path, `${activity.name} waits for ${what}`];
      if (target === start) return longer;
      if (!sentences.has(target)) sentences.set(target, longer);
    }
  }
  return undefined;
}

function findWaits(activity: Activity): Wait[] {
  const fixed = activity.findPrerequisites().map((target) => ({ target, what: target.name }));
  return activity.isHeldByWaits() ? [...fixed, ...(activity.waits ?? [])] : fixed;
}
