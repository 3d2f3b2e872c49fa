import { duplicateService } from "./errors.js";
import type { LazyService } from "./lazy-service.js";
import type { ModuleError } from "./module-error.js";
import type { ModuleLife } from "./module-life.js";

export interface ServiceEntry {
  readonly service: object | LazyService;
  /** The module that registered it; none for a fake, which every module may use. */
  readonly owner: ModuleLife | undefined;
}

/** All services of an application by id. A fake takes the place of whatever a module registers under its id. */
export class ServiceTable {
  readonly #entries = new Map<string, ServiceEntry>();
  readonly #refuse: (duplicate: ModuleError) => void;

  /** What is registered twice is thrown, or told to `refuse` when that is given. */
  constructor(fakes: Iterable<readonly [string, object]> = [], refuse?: (duplicate: ModuleError) => void) {
    this.#refuse = refuse ?? throwIt;
    for (const [id, service] of fakes) this.#entries.set(id, { service, owner: undefined });
  }

  get ids(): Iterable<string> {
    return this.#entries.keys();
  }

  find(id: string): ServiceEntry | undefined {
    return this.#entries.get(id);
  }

  /** @throws ModuleError `DUPLICATE_SERVICE` */
  register(id: string, service: object | LazyService, owner: ModuleLife): void {
    const entry = this.#entries.get(id);
    if (!entry) this.#entries.set(id, { service, owner });
    else if (entry.owner) {
      const [one, other] = [entry.owner.run.id, owner.run.id];
      this.#refuse(duplicateService(id, one < other ? [one, other] : [other, one]));
    }
  }

  /** Takes out what the module had registered, so that it can register it again when it is started again. */
  removeAllOf(owner: ModuleLife): void {
    for (const id of owner.services.keys()) if (this.#entries.get(id)?.owner === owner) this.#entries.delete(id);
  }
}

function throwIt(error: ModuleError): never {
  throw error;
}
