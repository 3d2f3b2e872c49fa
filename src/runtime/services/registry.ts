/* The registry is augmented as a member of the package, so it is declared in the package's index and read from there. */
import type { ServiceRegistry } from "@phasewise/runtime";

/** The id of a service that some module has declared in `ServiceRegistry`. */
export type ServiceId = keyof ServiceRegistry & string;

/**
 * The type that `ServiceRegistry` declares for a service id. Where it is `ServiceRegistry[Id]`, the checker looks at all
 * services wherever one is assigned, to infer the id from that.
 */
export type ServiceOf<Id extends ServiceId> = ServiceRegistry extends Record<Id, infer Found> ? Found : never;
