/** The checker's objects, re-exported by name so that no other folder imports the native checker. */
export { ModuleKind, ObjectFlags, SignatureKind, SymbolFlags, TypeFlags } from "@typescript/native/unstable/sync";
export type {
  InterfaceType,
  NodeHandle,
  Project,
  Symbol as CheckerSymbol,
  TupleType,
  Type,
  TypeReference,
  UnionOrIntersectionType,
} from "@typescript/native/unstable/sync";
