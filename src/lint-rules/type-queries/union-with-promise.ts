import { type Project, SignatureKind, type Type, TypeFlags } from "../type-checker/types.js";
import { getThenCallbacks, getUsableMembers, isSometimesAwaitable } from "./awaitable.js";
import { getConstituents } from "./promise.js";

/** A union whose promises resolve to just what its other members are, as `T[] | Promise<T[]>`: one that wants `await`. */
export function isUnionWithPromise(type: Type, project: Project): boolean {
  const { checker } = project;
  const members = getUsableMembers(type, project);
  const promises = members.filter((member) => isSometimesAwaitable(member, project));
  const others = members.filter((member) => !promises.includes(member));
  const awaited = promises.length > 0 ? new Awaited(project, others).findAll(promises) : undefined;
  return awaited !== undefined && covers(others, awaited) && covers(awaited, others);

  function covers(these: readonly Type[], those: readonly Type[]): boolean {
    return those.every((type) => these.some((other) => isSame(type, other)));
  }

  function isSame(one: Type, other: Type): boolean {
    return one.id === other.id || (checker.isTypeAssignableTo(one, other) && checker.isTypeAssignableTo(other, one));
  }
}

/** What `await` gives for types. The checker's own answer is not to be had. */
class Awaited {
  readonly #project: Project;
  readonly #others: readonly Type[];
  readonly #open = new Set<number>();

  constructor(project: Project, others: readonly Type[]) {
    this.#project = project;
    this.#others = others;
  }

  /** `undefined` where one goes round in circles or hangs on a type parameter. */
  findAll(types: readonly Type[]): Type[] | undefined {
    const awaited = types.flatMap(getConstituents).map((type) => this.#find(type));
    return awaited.includes(undefined) ? undefined : (awaited.flat() as Type[]);
  }

  #find(type: Type): readonly Type[] | undefined {
    if (this.#open.has(type.id)) return undefined;
    if (this.#mayStandForPromise(type)) return this.#findWritten(type);
    if (!isSometimesAwaitable(type, this.#project)) return [type];
    this.#open.add(type.id);
    const awaited = this.findAll(this.#getResolved(type));
    this.#open.delete(type.id);
    return awaited;
  }

  #getResolved(type: Type): Type[] {
    const { checker } = this.#project;
    return getThenCallbacks(type, this.#project)
      .flatMap((callback) => checker.getSignaturesOfType(callback, SignatureKind.Call))
      .map((signature) => checker.getParameterType(signature, 0))
      .filter((resolved) => resolved !== undefined);
  }

  /** A type parameter, as far as its constraint tells. */
  #mayStandForPromise(type: Type): boolean {
    if (!(type.flags & TypeFlags.Instantiable)) return false;
    const { checker } = this.#project;
    const constraint = checker.getBaseConstraintOfType(type);
    if (!constraint || constraint.flags & TypeFlags.AnyOrUnknown) return true;
    const isEmpty = (member: Type) =>
      (member.flags & TypeFlags.Object) !== 0 && checker.getPropertiesOfType(member).length === 0;
    return getConstituents(constraint).some((member) => isEmpty(member) || isSometimesAwaitable(member, this.#project));
  }

  /** `Awaited<T>`, if the union has it. */
  #findWritten(type: Type): readonly Type[] | undefined {
    const written = this.#others.find(
      (other) => other.getAliasSymbol()?.name === "Awaited" && other.getAliasTypeArguments()[0]?.id === type.id,
    );
    return written && [written];
  }
}
