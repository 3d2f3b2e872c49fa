/** A module, as far as events need to know it. */
export interface EventOwner {
  readonly id: string;
  readonly logger: { error(message: string, fields?: Readonly<Record<string, unknown>>): void };

  /** Is the module in phase 1? What it subscribes then receives events once `ModuleEvents.activate` is called. */
  isRegistering(): boolean;

  /** Runs work for as long as the module lives. */
  background(name: string, work: (signal: AbortSignal) => Promise<unknown>): void;

  /** Runs code of a handler in the async context of its module. */
  enclose<T>(work: () => T): T;

  /** Is told that the module waits for an event of this type or pattern. The function it gives back ends that. */
  beginWait?(pattern: string): () => void;
}
