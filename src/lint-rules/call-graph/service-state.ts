import { initializationHook, initializedCheck, initializedDecorator, runtimePackage } from "../runtime-vocabulary.js";
import { findTypeAt } from "../type-checker/ask-types.js";
import {
  type ClassDeclaration,
  type ClassExpression,
  type Node,
  isArrowFunction,
  isCallExpression,
} from "../type-checker/ast.js";
import type { Project } from "../type-checker/types.js";
import { getDeclaredName } from "../type-queries/declared-name.js";
import { type Span, findCheckedCode } from "./checked-code.js";
import { type ClassCode, type Member, readClasses } from "./class-code.js";
import type { Mention } from "./own-mentions.js";
import type { Waypoint } from "./way.js";

/** A use of state that nothing has checked, and the way to it from the method: `this.#query`, `this.#database`. */
export interface UncheckedUse {
  readonly node: Node;
  readonly way: readonly Waypoint[];
}

/**
 * What `onInitialize` sets in a service, and what uses it before the service is known to be initialized: followed through
 * the class's own helpers, and those of its base classes in the workspace.
 */
export class ServiceState {
  readonly #project: Project;
  /** The class first, then what it extends. */
  readonly #classes: readonly ClassCode[];
  readonly #fields = new Set<string>();

  constructor(service: ClassDeclaration | ClassExpression, project: Project) {
    this.#project = project;
    this.#classes = readClasses(service, project);
    const hook = this.#find(initializationHook, 0);
    if (hook) this.#collectFields(hook, new Set());
  }

  /** The first use in a method of the class itself, unless all of them are checked. */
  findUnchecked(method: string): UncheckedUse | undefined {
    const member = this.#fields.size > 0 ? this.#classes[0]?.members.get(method) : undefined;
    return member && this.#findUnchecked(member, new Set());
  }

  #collectFields(member: Member, visited: Set<Member>): void {
    if (visited.has(member)) return;
    visited.add(member);
    for (const mention of member.mentions.filter(({ isLater }) => !isLater)) {
      const helper = this.#resolve(mention, member);
      if (helper) this.#collectFields(helper, visited);
      else if (mention.role === "write" && !this.#isFlag(mention, member)) this.#fields.add(getKey(mention, member));
    }
  }

  #findUnchecked(member: Member, visited: Set<Member>): UncheckedUse | undefined {
    if (visited.has(member) || this.#isDecorated(member)) return undefined;
    visited.add(member);
    const checked = member.mentions.flatMap((mention) => this.#findChecked(mention, member));
    const known = new Map<string, number>();
    for (const mention of member.mentions) {
      const key = getKey(mention, member);
      const way = [{ name: `this.${mention.name}`, node: mention.node }];
      if (mention.role !== "read") known.set(key, Math.min(known.get(key) ?? Infinity, mention.end));
      else if (!isIn(checked, mention.node) && !((known.get(key) ?? Infinity) <= mention.node.pos)) {
        if (this.#fields.has(key)) return { node: mention.node, way };
        const helper = this.#resolve(mention, member);
        const use = helper && !helper.isPublicMethod ? this.#findUnchecked(helper, visited) : undefined;
        if (use) return { node: mention.node, way: [...way, ...use.way] };
      }
    }
    return undefined;
  }

  /** What a mention checks, when it is a call of `requireInitialized`, or of a helper that asks it, perhaps to run a callback. */
  #findChecked(mention: Mention, member: Member): Span[] {
    const { parent } = mention.node;
    if (!isCallExpression(parent) || parent.expression !== mention.node) return [];
    if (mention.name === initializedCheck) return findCheckedCode(parent, false);
    const helper = this.#resolve(mention, member);
    if (!helper || !this.#isChecking(helper, new Set())) return [];
    const callbacks = parent.arguments.filter(isArrowFunction).map(({ pos, end }): Span => [pos, end]);
    return [...callbacks, ...findCheckedCode(parent, !helper.isPublicMethod)];
  }

  #isChecking(member: Member, visited: Set<Member>): boolean {
    if (visited.has(member)) return false;
    visited.add(member);
    if (this.#isDecorated(member)) return true;
    return member.mentions.some((mention) => {
      if (mention.name === initializedCheck) return true;
      const helper = this.#resolve(mention, member);
      return helper !== undefined && this.#isChecking(helper, visited);
    });
  }

  /** Is the member decorated with `@initialized`, or with a decorator of the workspace that asks the same? */
  #isDecorated({ decorators }: Member): boolean {
    return decorators.some((decorator) => {
      const symbol = findTypeAt(decorator, this.#project)?.getSymbol();
      if (!symbol) return false;
      const { module, name } = getDeclaredName(symbol, this.#project);
      if (module === runtimePackage) return name === initializedDecorator;
      const code = symbol.declarations[0]?.resolve(this.#project)?.getText() ?? "";
      return code.includes(initializedCheck) || code.includes(initializedDecorator);
    });
  }

  /** A boolean that says whether something has happened is there to be asked before. */
  #isFlag({ name }: Mention, { depth }: Member): boolean {
    const classes = name.startsWith("#") ? this.#classes.slice(depth, depth + 1) : this.#classes;
    return classes.some(({ flags }) => flags.has(name));
  }

  #resolve({ name, role, isOfSuper }: Mention, { depth }: Member): Member | undefined {
    const key = role === "write" ? `set ${name}` : name;
    if (name.startsWith("#")) return this.#classes[depth]?.members.get(key);
    return this.#find(key, isOfSuper ? depth + 1 : 0);
  }

  #find(name: string, from: number): Member | undefined {
    return this.#classes
      .slice(from)
      .find(({ members }) => members.has(name))
      ?.members.get(name);
  }
}

function getKey({ name }: Mention, { depth }: Member): string {
  return name.startsWith("#") ? `${depth}${name}` : name;
}

function isIn(spans: readonly Span[], { pos, end }: Node): boolean {
  return spans.some(([from, to]) => from <= pos && end <= to);
}
