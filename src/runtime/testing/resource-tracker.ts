import { type AsyncHook, AsyncLocalStorage, createHook } from "node:async_hooks";
import { type CallSite, findPlace, recordStack } from "./call-site.js";
import { findCurrentModule } from "./module-zone.js";

/** A timer, socket, server, child process, file operation or the like that keeps the process alive. */
export interface OpenResource {
  /** As Node's async hooks name it: `Timeout`, `TCPSERVERWRAP`. */
  readonly kind: string;
  /** Function, file and line that made it, if the application or the test made it. */
  readonly place: string | undefined;
  readonly moduleId: string | undefined;
}

interface Origin {
  readonly kind: string;
  readonly resource: { hasRef?(): boolean };
  readonly readStack: () => CallSite[];
  readonly moduleId: string | undefined;
}

/** Nothing that keeps a process alive for long. */
const harmless: ReadonlySet<string> = new Set(["PROMISE", "TickObject", "Immediate", "Microtask"]);

const trackers = new AsyncLocalStorage<ResourceTracker>();

/** Knows what the work that it encloses has made, and where. It takes async hooks, which slow the process down meanwhile. */
export class ResourceTracker {
  readonly #origins = new Map<number, Origin>();
  readonly #hook: AsyncHook;

  constructor() {
    const init = (id: number, kind: string, _trigger: number, resource: object) => {
      if (harmless.has(kind) || trackers.getStore() !== this) return;
      this.#origins.set(id, { kind, resource, readStack: recordStack(init), moduleId: findCurrentModule() });
    };
    this.#hook = createHook({ init, destroy: (id) => void this.#origins.delete(id) }).enable();
  }

  /** Runs the work whose resources count, with all that it begins. */
  enclose<T>(work: () => T): T {
    return trackers.run(this, work);
  }

  /** What the work has made and not released. */
  findOpen(): OpenResource[] {
    const open = this.#listOpen().map(([, origin]) => origin);
    return open.map(({ kind, readStack, moduleId }) => ({ kind, moduleId, place: findPlace(readStack()) }));
  }

  /** The same by number: a text that changes whenever anything is made or released. Servers are open by nature. */
  get openIo(): string {
    const io = this.#listOpen().filter(([, { kind }]) => !toKey(kind).includes("server"));
    return io.map(([id]) => id).join();
  }

  stop(): void {
    this.#hook.disable();
  }

  /** Of what cannot be asked, such as requests, Node must know one of that kind. */
  #listOpen(): [id: number, origin: Origin][] {
    const active = new Set(process.getActiveResourcesInfo().map(toKey));
    return [...this.#origins].filter(([, { kind, resource }]) => resource.hasRef?.() ?? active.has(toKey(kind)));
  }
}

/** Async hooks say `TCPWRAP` where the list of active resources says `TCPSocketWrap`. */
function toKey(kind: string): string {
  return kind.toLowerCase().replace("socketwrap", "wrap");
}
