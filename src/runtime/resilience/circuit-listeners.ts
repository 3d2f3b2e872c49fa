import type { CircuitTransition } from "./circuit-state.js";

type Listener = (transition: CircuitTransition) => unknown;

/** Who is told of the steps of a circuit. Nothing that a listener does concerns the circuit, or another listener. */
export class CircuitListeners {
  readonly #listeners = new Set<Listener>();

  /** The function it gives back takes the listener away. One that was added twice is told twice. */
  add(listener: Listener): () => void {
    const added: Listener = (transition) => listener(transition);
    this.#listeners.add(added);
    return () => void this.#listeners.delete(added);
  }

  tell(transition: CircuitTransition): void {
    for (const listener of this.#listeners) void tell(listener, transition);
  }
}

/** What a listener throws, at once or later, becomes a warning of the process. */
async function tell(listener: Listener, transition: CircuitTransition): Promise<void> {
  try {
    await listener(transition);
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}
