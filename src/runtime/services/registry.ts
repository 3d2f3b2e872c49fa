/* The registry is augmented as a member of the package, so it is declared in the package's index and read from there. */
import type { ServiceRegistry } from "@phasewise/runtime";

/** The id of a service that some module has declared in `ServiceRegistry`. */
export type ServiceId = keyof ServiceRegistry & string;

/** The type that `ServiceRegistry` declares for a service id. */
export type ServiceOf<Id extends ServiceId> = ServiceRegistry[Id];
