import { parse } from "@typescript-eslint/parser";
import { declarations as promises } from "./promise-snippets.js";

/** What the cases refer to: promises of every kind, functions that give some, and takers of functions. */
export const declarations = `${promises}
declare const f: () => Promise<number>;
declare const g: () => number;
declare const maybeF: (() => Promise<number>) | undefined;
declare const eitherF: (() => Promise<number>) | (() => number);
declare const overloadedF: { (): Promise<number>; (value: number): number };
declare const brandedF: (() => Promise<number>) & string;
declare const likeF: () => PromiseLike<number>;
declare const thenableF: () => typeof thenable;
declare const eitherResultF: () => number | Promise<number>;
declare const anyF: () => any;
declare const unknownF: () => unknown;
declare const neverF: () => never;
declare const functionF: Function;
declare const listF: (() => Promise<number>)[];
declare const tupleF: readonly [() => Promise<number>, () => number];
declare const anyList: any[];
declare class Maker { constructor(value?: unknown); make(): Promise<number>; static make(): Promise<number>; }
declare const maker: Maker;
declare function takesVoid(callback: () => void): void;
declare function takesMaybeVoid(callback?: (() => void) | null): void;
declare function takesVoidOrPromise(callback: () => void | Promise<void>): void;
declare function takesVoidOrPromises(callback: (() => void) | (() => Promise<void>)): void;
declare function takesUnknown(callback: () => unknown): void;
declare function takesAny(callback: () => any): void;
declare function takesUndefined(callback: () => undefined): void;
declare function takesVoidOrUndefined(callback: () => void | undefined): void;
declare function takesGeneric<R>(callback: () => R): R;
declare function takesGenericFunction<G extends (...args: any[]) => unknown>(callback: G): G;
declare function takesSecond(first: number, second: (value: number) => void): void;
declare function takesRest(first: number, ...rest: (() => void)[]): void;
declare function takesRestTuple(...rest: [number, () => void, (() => void)?]): void;
declare function takesRestUnion(...rest: (number | (() => void))[]): void;
declare function takesRestAny(...rest: any[]): void;
declare function takesRestGeneric<A extends (() => void)[]>(...rest: A): void;
declare function takesOptions(options: { done: () => void; method(): void; wait: () => Promise<void>; deep?: { done?: () => void } }): void;
declare function takesOverloads(callback: () => void): void;
declare function takesOverloads(callback: () => Promise<void>): void;
declare function takesOverloadsVoid(callback: () => number): void;
declare function takesOverloadsVoid(callback: () => void): void;
declare const maybeTakes: ((callback: () => void) => void) | undefined;
declare const unionTakes: ((callback: () => void) => void) | ((callback: () => number) => void);
declare const unionTakesPromise: ((callback: () => void) => void) | ((callback: () => Promise<number>) => void);
declare const crossedTakes: ((callback: () => void) => void) & { extra: 1 };
declare const takesByType: typeof takesGenericFunction<() => void>;
declare const takesOfVoid: { <R>(callback: () => R): void };
declare class TakesVoid { constructor(callback: () => void); take(callback: () => void): void; static take(callback: () => void): void; accessor kept: () => void; set settable(value: () => void); }
declare const taker: TakesVoid;
declare const emitter: import("node:events").EventEmitter;
declare const typedEmitter: import("node:events").EventEmitter<{ sent: [number] }>;
type Nothing = () => void;
type VoidFunctions = { done: () => void; method(): void; optional?: () => void; wait: () => Promise<void>; either: (() => void) | (() => Promise<void>); 1: () => void; "quoted": () => void };
type VoidRecord = Record<string, () => void>;
const constantFilter = "filter";
`;

/** Expressions that may be a promise. */
const values = `
p
(p)
p!
p as unknown
u
maybe
maybe!
union
crossed
branded
like
thenable
halfThenable
oddThenable
looseThenable
optionalThenable
anything
unknownValue
never
nil
flag
array
ticket
safePromise
safeOrOther
make
make()
make?.()
makeMaybe()
makeAny()
await make()
record.promise
record?.deep?.make?.()
Promise.resolve()
new Promise(() => {})
flag ? p : q
flag ? p : 1
(0, p)
async () => {}
{ then(done: () => void) {} } as const
t
tMaybe
tPromiseOr
tUnconstrained
tThenable
tAwaited
tFunction
import("node:fs")
`;

/** Where a promise may be misused, with `$` for the expression. */
const valuePlaces = `
if ($) {}
if (flag) {} else if ($) {}
while ($) {}
do {} while ($);
for (; $; ) {}
for (const each of [$]) each;
$ ? 1 : 2;
flag ? $ : 2;
!($);
!!($);
const kept = ($) && 1;
const kept = flag && ($);
const kept = ($) || 1;
const kept = ($) ?? 1;
const kept = (($) && flag) || ($);
const kept = flag && (($) || 1);
let kept: any; kept ||= $; kept &&= $;
if (flag && ($)) {}
if (flag || ($)) {}
if (($) ?? flag) {}
if (nil ?? ($)) {}
if (!(flag && ($))) {}
if ((flag ?? ($)) && ($)) {}
if ((flag, $)) {}
if (($) === p) {}
if (await ($)) {}
const kept = { ...($) };
const kept = { a: 1, ...(flag && ($)) };
const kept = { ...(flag ? ($) : {}) };
const kept = [...($) as any, ...($)];
takesRestAny(...($));
switch ($) { case ($): }
`;

/** Values that may be a function that gives a promise. */
const functions = `
async () => {}
async () => 1
async function () {}
async function named(): Promise<void> {}
async function* () {}
function* () {}
() => {}
() => 1
() => p
() => maybe
() => u
() => anything
() => like
() => thenable
() => halfThenable
() => oddThenable
() => ({ then(done: () => void) {} })
() => (flag ? p : 1)
() => void p
() => { p; }
() => { return p; }
() => { if (flag) return 1; return p; }
() => { if (flag) return anything; return p; }
() => { return () => p; }
() => { throw new Error(); }
(): Promise<void> => { throw new Error(); }
(): void => {}
(): any => p
(value: any) => p
value => p
(async () => {})
async () => {} as any
(async () => {}) as any
(async () => {}) as () => void
(async () => {}) satisfies () => void
(async () => {})!
flag ? async () => {} : () => {}
flag && (async () => {})
(0, async () => {})
f
g
f!
maybeF
eitherF
overloadedF
brandedF
likeF
thenableF
eitherResultF
anyF
unknownF
neverF
functionF
make
makeNothing
makeGeneric
overloaded
overloaded as any
record.make
record["make"]
record.deep?.make
maker.make
Maker.make
Maker
class { static async make() {} }
f.bind(null)
takesGeneric(() => f)
p
1
"text"
undefined
null
[f]
{ make: f }
tFunction
t
tUnconstrained
new Maker().make
`;

/** The same, in short: for the many places that differ in nothing but the type they ask for. */
const someFunctions = `
async () => {}
() => p
() => 1
f
maybeF
anyF
tFunction
`;

/** Where a function of any kind may be dropped, with `$` for the function. */
const mainPlaces = `
takesVoid($);
takesRest(1, () => {}, $);
[1].filter($);
const kept: Nothing = $;
const kept: VoidFunctions = { done: $, method: $, optional: $, wait: $ as any, either: $, 1: $, quoted: $ };
const kept = (): (() => void) => { return $; };
let kept: () => void; kept = $;
`;

/** Where a function may be dropped, by all that may be said of it. */
const functionPlaces = `
takesMaybeVoid($);
takesVoidOrPromise($);
takesVoidOrPromises($);
takesUnknown($);
takesAny($);
takesUndefined($);
takesVoidOrUndefined($);
takesGeneric($);
takesGeneric<void>($);
takesGenericFunction($);
takesGenericFunction<() => void>($);
takesGenericFunction<(() => void) | (() => Promise<void>)>($);
takesSecond(1, $);
takesSecond(...[1, 2], $);
takesSecond(...([1] as const), $);
takesRest(...[], $);
takesRestTuple(1, $, $);
takesRestUnion(1, $, $);
takesRestAny($);
takesRestGeneric($, $);
takesRest(1, ...[$]);
takesRest(1, ...[$] as const);
takesOptions({ done: $, method: $, wait: $ as any, deep: { done: $ } });
takesOptions({ "done": $, ["method"]: $, wait: $ as any });
takesOverloads($);
takesOverloadsVoid($);
maybeTakes?.($);
(maybeTakes!)($);
unionTakes($);
unionTakesPromise($);
crossedTakes($);
takesByType($);
takesOfVoid($);
takesOfVoid<void>($);
new TakesVoid($);
new TakesVoid;
taker.take($);
taker?.take($);
taker["take"]($);
TakesVoid.take($);
taker.kept = $;
taker.settable = $;
anything($);
setTimeout($, 1);
queueMicrotask($);
process.nextTick($);
emitter.on("a", $);
typedEmitter.once("sent", $);
new Promise($);
p.then($);
p.then($, $);
p.catch($);
p.finally($);
p["finally"]($);
p["fin" + "ally"]($);
maybe?.finally($);
like.then($);
t.finally($);
[1].forEach($);
[1].map($);
[1]["filter"]($);
[1][constantFilter]($);
[1].some($, 1);
[1].every($);
[1].find($);
[1].findIndex($);
[1].findLast($);
[1].findLastIndex($);
[1]?.filter($);
([1] as number[] | undefined)?.filter($);
tuple.find($);
readonlyArray.some($);
arrayOrNumber.filter($);
tArray.filter($);
tElement.find($);
(array as unknown as (string[] & { a: 1 }) | (number[] & { b: 1 })).every($);
({ filter(callback: () => unknown) {} }).filter($);
anyList.filter($);
[1].reduce($, 1);
new Map().forEach($);
const kept: () => void = $;
const kept: Nothing | undefined = $;
const kept: { (): void } = $;
const kept: { a: 1 } = $ as any;
const kept: typeof makeNothing = $;
const kept: () => Promise<void> = $;
const kept: () => unknown = $;
const kept = $;
let kept: (() => void) | undefined; kept ??= $;
let kept: (() => void) | undefined; kept ||= $;
let kept: any; kept = $;
const { kept = $ }: { kept?: () => void } = {};
const { kept }: { kept?: () => void } = { kept: $ };
const [kept]: [() => void] = [$];
let kept: () => void; [kept] = [$];
let kept: () => void; ({ kept } = { kept: $ });
let kept: () => void; ({ kept = $ } = {} as { kept?: () => void });
let kept: { done: () => void } = anything; kept.done = $;
let kept: VoidRecord = {}; kept.a = $; kept["b"] = $;
const kept: VoidFunctions = { done: $, method: $, optional: $, wait: $ as any, either: $, 1: $, quoted: $ };
const kept: VoidFunctions | undefined = { done: $ } as VoidFunctions;
const kept: VoidRecord = { a: $, ["b"]: $, "c": $ };
const kept: VoidRecord | number = { a: $ };
const kept = { a: $ } satisfies VoidRecord;
const kept: VoidRecord[] = [{ a: $ }];
const kept: { a: any } = { a: $ };
const kept = (): (() => void) => $;
const kept = (): VoidRecord => { return { a: $ }; };
const kept = async (): Promise<() => void> => { return $; };
const kept = function* (): Generator<number, () => void> { return $; };
const kept: () => () => void = () => { return $; };
const kept: () => () => void = function () { return $; };
const kept = (): (() => Promise<void>) => { return $; };
const kept = (): any => { return $; };
const kept = (): { (): void } => { return $; };
const kept = (): { done: () => void } => { return $ as any; };
const kept = () => { return $; };
function kept(): () => void { return $; }
class Kept { method(): () => void { return $; } get done(): () => void { return $; } }
class Kept { field: () => void = $; static field: () => void = $; #own: () => void = $; set() { this.field = $; this.#own = $; } }
function kept(callback: () => void = $) {}
const kept = $ as () => void;
`;

const read = (text: string) => text.split("\n").filter((line) => line !== "");
const fill = (places: string, fillings: string) =>
  read(places).flatMap((place) => read(fillings).map((filling) => place.replaceAll("$", () => filling)));

/** Every expression at every place where the syntax allows for it. */
export const snippets = [
  ...fill(valuePlaces, values),
  ...fill(mainPlaces, functions),
  ...fill(functionPlaces, someFunctions),
].filter(isSyntax);

function isSyntax(snippet: string): boolean {
  try {
    return Boolean(parse(`async function f() { ${snippet} }`));
  } catch {
    return false;
  }
}

/** Files that declare something of their own, told apart by an empty line before each. */
export const programs: readonly string[] = readPrograms(`
class Base { run(): void {} }
class Heir extends Base { async run(): Promise<void> {} }
class SilentHeir extends Base { run(): void {} }
class StaticHeir extends Base { static async run(): Promise<void> {} }
class FieldHeir extends Base { run = async (): Promise<void> => {}; }
class AsyncByType extends Base { run(): Promise<void> { throw new Error(); } }
class Further extends SilentHeir { async run(): Promise<void> {} }
abstract class AbstractHeir extends Base { abstract run(): Promise<void>; }
const Expression = class extends Base { async run() {} };
const Named = class Inner extends Expression { async run() {} };
class OfExpression extends (class { run(): void {} }) { async run() {} }
class OfCall extends (null as unknown as () => typeof Base)() { async run() {} }
interface OfClass extends Base { run(): Promise<void> }
interface OfClasses extends Base, SilentHeir { run: () => Promise<void>; }

class Base { static run(): void {} static accessor kept = (): void => {}; }
class Heir extends Base { async run() {} }
class StaticHeir extends Base { static async run() {} static accessor kept = async () => {}; }

abstract class Base { abstract run(): void; abstract accessor kept: () => void; abstract field: () => void; }
abstract class Heir extends Base { abstract run(): Promise<void>; abstract accessor kept: () => Promise<void>; abstract field: () => Promise<void>; }
class Complete extends Base { async run() {} accessor kept = async () => {}; field = async () => {}; }
class ByGetter extends Base { get run() { return async () => {}; } get kept() { return async () => {}; } set kept(value) {} field = async () => {}; }

interface Runs { run(): void; other: () => void; optional?(): void; optionalField?: () => void }
interface RunsToo { run(): void }
interface RunsAsync { run(): Promise<void> }
interface Either { run(): void | Promise<void> }
class One implements Runs { async run() {} async other() {} async optional() {} optionalField = async () => {}; }
class Both implements Runs, RunsToo { async run() {} other() {} }
class Mixed extends One implements RunsAsync, RunsToo { async run() {} }
class Allowed implements Either { async run() {} }
interface Sub extends Runs { run(): Promise<void>; other(): Promise<void>; optional?(): Promise<void> }
interface SubBoth extends Runs, RunsToo { run(): Promise<void> }
abstract class Abstract implements Runs { abstract run(): Promise<void>; other() {} }
const expression = class implements Runs { run(): Promise<void> { throw new Error(); } async other() {} };
class ByObject implements Record<"run", () => void> { async run() {} }
class ByPick implements Pick<Runs, "run"> { async run() {} }
class ByPartial implements Partial<Runs> { async run() {} }

type Crossed = { run(): void } & { thing: number };
class One implements Crossed { thing = 1; async run() {} }
type Chosen<A extends boolean = true> = A extends true ? { run(): Promise<void> } : { run(): void };
interface Async extends Chosen { run(): Promise<void> }
interface Sync extends Chosen<false> { run(): Promise<void> }
class ByType implements Chosen<false> { async run() {} }

class Generic<T> { run(): T { throw new Error(); } callback(): (value: T) => void { return () => {}; } own(): void {} }
class OfVoid extends Generic<void> { async run() {} async own() {} }
class OfPromise extends Generic<Promise<void>> { async run() {} }
class OfNumber extends Generic<number> { async own() {} }
class Further extends OfVoid { async run() {} }
class Self<T> extends Generic<T> { async own() {} }

interface Calls { (): void; (value: string): void; new (): void; [key: string]: () => void; [key: number]: () => void; method(): void }
interface AsyncCalls extends Calls { (): Promise<void>; (value: string): Promise<void>; new (): Promise<void>; [key: string]: () => Promise<void>; [key: number]: () => Promise<void>; method(): Promise<void> }

interface Named { "quoted"(): void; 1(): void; 0x10(): void; [Symbol.iterator](): void; ["computed"](): void; __proto(): void; é(): void; constructor: () => void }
class Names implements Named { async "quoted"() {} async 1() {} async 0x10() {} async [Symbol.iterator]() {} async ["computed"]() {} async __proto() {} async é() {} }
interface SubNamed extends Named { "quoted"(): Promise<void>; 1(): Promise<void>; 0x10: () => Promise<void>; __proto(): Promise<void>; é(): Promise<void> }

class Base { #own(): void {} protected guarded(): void {} private hidden(): void {} use() { this.#own(); this.hidden(); } constructor() {} get value(): () => void { return () => {}; } set other(value: () => void) {} }
class Heir extends Base { async #own() {} protected async guarded() {} protected override async use() { this.#own(); } constructor() { super(); } get value() { return async () => {}; } }

class Base { run(): void; run(value: string): void; run(value?: string): void {} }
class Overloads extends Base { run(): Promise<void>; run(value: string): Promise<void>; async run(value?: string) {} }
class Decorated extends Base { @mark async run() {} @mark() field = 1; }
declare const mark: any;

class Base { declare run: () => void; optional?: () => void; readonly fixed: () => void = () => {}; }
class Heir extends Base { declare run: () => Promise<void>; optional = async () => {}; readonly fixed = async () => {}; }
class Unresolved extends Missing { async run() {} }
class OfAny extends (null as any) { async run() {} }
class OfNull extends null { async run() {} }
interface Merged { run(): void }
class Merged { other(): void {} }
class OfMerged extends Merged { async run() {} async other() {} }

declare namespace Space { class Base<T> { run(): void; generic(): T } interface Runs { run(): void } }
class Heir extends Space.Base<string> implements Space.Runs { async run() {} }
function make() { return class extends Space.Base<void> { async run() {} async generic() {} }; }
type Mixin = new (...args: any[]) => { run(): void };
function mix<B extends Mixin>(base: B) { return class extends base { async run() {} }; }
class Takes extends Space.Base<void> { constructor(callback: () => void) { super(); } }
class Hands extends Takes { constructor() { super(async () => {}); } }
new Takes(async () => {});
new (class { constructor(callback: () => void) {} })(async () => {});

interface NotQuite { then(value: string): void; then(): void }
const notQuite: NotQuite = { then() {} };
if (notQuite) {}
if (~Promise.resolve()) {}
for (let index; Promise.resolve(); index++) {}
const wrong: number = { async g() { return 1; } };
const none: { value: 1 } = { value: 1 };
class Indexed { [key: string]: void; }
class IndexedHeir extends Indexed { [key: string]: Promise<void>; }
function recurse<Text extends string>(next: (text: Text) => void): (text: Text) => void { return (text: Text): void => { if (text.length) return; return next(missing); }; }
const { a, b = async () => {} }: { a: () => void; b?: () => void } = { async a() {} };
const assigned: { a?: () => void } = {};
({ a: assigned.a, ...assigned } = { async a() {} });
[assigned.a] = [async () => {}];
for (assigned.a of [async () => {}]) {}
assigned.a = assigned["a"] = async () => {};

class Kept { accessor callback: () => void = async () => {}; field: () => void = async () => {}; @deco(async () => {}) method() {} }
declare function deco(callback: () => void): any;
enum Each { One = "1" }
namespace Inner { export const callback: () => void = async () => {}; }
label: if (Promise.resolve()) {}

using plain = { [Symbol.dispose]() {} };
using bad = { async [Symbol.dispose]() {} };
await using good = { async [Symbol.asyncDispose]() {} };
using both = { async [Symbol.asyncDispose]() {}, [Symbol.dispose]() {} };
const made = { async [Symbol.dispose]() {} };
using named = made;
using maybe = made as typeof made | null;
const typed: Disposable = made;
const typedMaybe: Disposable | undefined = made;
const typedWide: object = made;
const typedAny: any = made;
const asyncTyped: AsyncDisposable = { async [Symbol.asyncDispose]() {} };
class Held { async [Symbol.dispose]() {} }
using held = new Held();
const typedHeld: Disposable = new Held();
interface Own { [Symbol.dispose](): void; other(): void }
const own: Own = { async [Symbol.dispose]() {}, async other() {} };
const stack = new DisposableStack();
for (using each of [made]) each;
export {};

type Handlers = { f: () => void; g(): void; h?: () => void };
const name = "f";
const computed: Handlers = { async [name]() {}, async ["g"]() {}, h: async () => {} };
const quoted: Handlers = { async "f"() {}, "g": async () => {}, async h() {} };
const typedHead: Handlers = { f: async (): Promise<void> => {}, async g(): Promise<void> {}, h: async function named() {} };
const heads: Handlers = { f: async value => {}, g: async (value, other) => {}, h: (async () => {}) };
const generic: Handlers = { f: async <T,>(value?: T) => {}, async g<T>(value?: T) {}, h: async function () {} };
const wide: Handlers & { more: () => void } = { async f() {}, async g() {}, more: async () => {} };
const either: Handlers | { other: 1 } = { async f() {}, async g() {} };
const either2: { f: () => Promise<void> } | { f: () => void } = { async f() {} };
const accessors: Handlers = { get f() { return async () => {}; }, set g(value: () => void) {}, h: undefined };
const generators: { f: () => void } = { async *f() {} };
const spread: Handlers = { ...quoted, f: async () => {}, ...Promise.resolve(quoted) };
const nested: { deep: Handlers[] } = { deep: [{ async f() {}, g: Promise.resolve as any }] };
const partial: Partial<Handlers> = { async f() {} };
const readonlyHandlers: Readonly<Handlers> = { async f() {}, g: async () => {} };
const mapped: { [K in "a" | "b"]: () => void } = { async a() {}, b: async () => {} };
const list: [() => void, { f: () => void }] = [async () => {}, { f: async () => {} }];
const shorthand = (f: () => Promise<void>, g: () => void, h: any): Handlers => ({ f, g, h });
const returned = (): Handlers => { const f = async () => {}; const g = make(); return { f, g }; };
function make() { return async () => {}; }
const functionWithThis: { f(this: Date): void } = { async f() {} };

function outer(): () => void { return inner; async function inner() {} }
function without() { return async () => {}; }
const arrow: () => () => void = () => async () => {};
const block: () => () => void = () => { return async () => {}; };
const promised: () => Promise<() => void> = async () => { return async () => {}; };
const nested = (): (() => void) => { const inner = () => { return async () => {}; }; return inner(); };
class Returns { get value(): () => void { return async () => {}; } static make(): () => void { return async () => {}; } constructor() { return async () => {}; } }
const object: { make(): () => void } = { make() { return async () => {}; } };
function generic<T extends () => void>(value: T): T { return value; }
function byGeneric<T>(value: T): () => T { return (async () => {}) as any; }
function either(): (() => void) | undefined { if (Math.random()) return; return async () => {}; }
function predicate(value: unknown): value is string { return Promise.resolve(true) as any; }
function predicates(): typeof outer { return async () => () => {}; }
setTimeout(() => { return async () => {}; });
[1].map((): (() => void) => { return async () => {}; });

declare const list: number[];
declare const maker: { make(): Promise<boolean>; promise: Promise<number> };
list.filter(async (each) => each > 1);
list.filter(async function (each) { return each > 1; });
list.filter(maker.promise as any);
list?.some(async () => true);
(list as readonly number[]).every(async () => true);
(list as any).filter(async () => true);
new Set(list).forEach(async (each) => { await each; });
new Map([[1, 2]]).forEach(async () => {});
new Uint8Array().forEach(async () => {});
class List extends Array<number> {}
new List().forEach(async () => {});
list.forEach(maker.make);
list.forEach.call(list, async () => {});
list["forEach"](async () => {});
const { forEach } = list;
forEach(async () => {});
const alias = setTimeout;
alias(async () => {}, 1);
globalThis.setTimeout(async () => {}, 1);
export { list };

import { EventEmitter, once } from "node:events";
import * as events from "node:events";
import { createServer } from "node:http";
import { readFile } from "node:fs";
import { test } from "node:test";
const emitter = new EventEmitter();
emitter.on("a", async () => {});
emitter?.once("a", async () => {});
emitter["addListener"]("a", async () => {});
new events.EventEmitter().prependListener("a", async () => {});
process.on("exit", async () => {});
process.once("SIGTERM", () => Promise.resolve());
createServer(async (request, response) => {});
readFile("a", async () => {});
test("a", async () => {});
once(emitter, "a").then(async () => {});
new AbortController().signal.addEventListener("abort", async () => {});
new AbortController().signal.addEventListener("abort", { handleEvent: async () => {} });
class Own extends EventEmitter { constructor() { super(); this.on("a", async () => {}); } }

interface First { (name: string, callback: () => Promise<void>): void; (name: string, callback: () => void): void }
interface Last { (name: string, callback: () => void): void }
interface Last { (name: string, callback: () => Promise<void>): void }
interface Never { (name: string, callback: () => number): void }
interface Never { (name: string, callback: () => void): void }
declare const first: First;
declare const last: Last;
declare const never: Never;
first("", async () => {});
last("", async () => {});
never("", async () => {});
interface Typed<T> { (callback: () => T): void; (callback: () => number): void }
declare const typed: Typed<void>;
typed(async () => {});
declare const promised: Typed<Promise<void>>;
promised(async () => {});
declare function generic<T extends (...args: unknown[]) => unknown>(...fns: [T, string, T]): void;
generic<() => void>(async () => {}, "", async () => {});
declare function genericList<T extends (...args: unknown[]) => unknown>(...fns: (T | string)[]): void;
genericList<() => void>(async () => {}, "", async () => {});
function rest(...args: []): void;
function rest(...args: [boolean, () => void]): void;
function rest(...args: any[]): void {}
rest();
rest(true, () => Promise.resolve(1));
declare function crossed(callback: string & (() => void)): void;
declare const crossedValue: string & (() => Promise<void>);
crossed(crossedValue);
declare function spread(...callbacks: (() => void)[]): void;
spread(...[() => Promise.resolve(1)]);
spread(...([() => Promise.resolve(1)] as const), ...[async () => {}]);
declare function mixed(first: () => void, ...rest: [] | [() => void]): void;
mixed(async () => {}, async () => {});
declare function optional(first?: () => void, second?: null | (() => void), third: any = 1): void;
optional(async () => {}, async () => {}, async () => {});
declare function keyed<K extends "a" | "b">(key: K, callback: { a: () => void; b: () => Promise<void> }[K]): void;
keyed("a", async () => {});
keyed("b", async () => {});
declare function conditional<T>(value: T, callback: T extends string ? () => void : () => Promise<void>): void;
conditional("a", async () => {});
conditional(1, async () => {});
declare function object(options: { done(): void; rest: Record<string, () => void> }): void;
object({ async done() {}, rest: { a: async () => {} } });
declare function tagged(parts: TemplateStringsArray, callback: () => void): void;
tagged\`\${async () => {}}\`;
declare function withThis(this: void, callback: () => void): void;
withThis(async () => {});
import("node:fs").then(async () => {});
Reflect.apply(object, null, [async () => {}]);
`);

/** The same, with JSX. */
export const jsxPrograms: readonly string[] = readPrograms(`
declare namespace JSX { interface IntrinsicElements { button: { onClick?: () => void; onWait?: () => Promise<void>; title?: string; either?: (() => void) | (() => Promise<void>) } } interface ElementChildrenAttribute { children: {} } }
const click = async () => {};
const one = <button onClick={async () => {}} onWait={async () => {}} title="a" either={async () => {}} />;
const two = <button onClick={click} {...{ onClick: async () => {} }}>{click}</button>;
const three = <button onClick={(click)} onWait={click} />;
const four = <button onClick={Math.random() ? click : undefined} title={\`\${1}\`} />;
const Component = (props: { done: () => void; children?: () => void }) => null;
const five = <Component done={async () => {}}>{async () => {}}</Component>;
const six = <Component done={() => Promise.resolve()} key="1" />;
const Any: any = () => null;
const seven = <Any done={async () => {}} />;
const Generic = <T,>(props: { done: () => T }) => null;
const eight = <Generic<void> done={async () => {}} />;
const nine = <Component done={/* nothing */} />;
const ten = Promise.resolve() ? <Component done={async function () {}} /> : null;
`);

/** The same, in JavaScript. */
export const plainPrograms: readonly string[] = readPrograms(`
const wait = async () => {};
if (Promise.resolve()) wait();
[1].forEach(async () => {});
[1].filter(wait);
setTimeout(wait, 1);
/** @type {() => void} */
const typed = async () => {};
/** @type {{ done: () => void }} */
const object = { done: async () => {} };
/** @returns {() => void} */
function returns() { return async () => {}; }
/** @param {() => void} callback */
function takes(callback) { callback(); }
takes(async () => {});
takes(typed, wait);
class Base { /** @returns {void} */ run() {} }
class Heir extends Base { async run() {} }
new Promise(async (resolve) => resolve(1));
({ ...wait() });
function withArguments() { return arguments; }
withArguments(async () => {});
export {};
`);

/** Conditions whose types are unions with promises, for the option `flagUnions`. */
export const unions: string = [
  "interface Box<T> { value: T }",
  "interface OtherBox<T> { value: T }",
  "interface Settles { then(done: (value: number) => void): void }",
  "type Recursive = Promise<Recursive>;",
  "class Sub extends Promise<number> {}",
  ...read(`
number | Promise<number>
number | Promise<string>
boolean | Promise<boolean>
boolean | Promise<void>
void | Promise<void>
undefined | Promise<undefined>
number | string | undefined | Promise<number | string | undefined>
number | string | undefined | Promise<number | string>
number | string | Promise<number | string | undefined>
string[] | Promise<string[]>
string[] | Promise<number[]>
[number, string] | Promise<[number, string]>
[number, string] | Promise<[string, number]>
(() => void) | Promise<() => void>
(() => void) | Promise<() => number>
{ name: string } | Promise<{ name: string }>
{ name: string } | Promise<{ age: string }>
Box<number> | Promise<Box<number>>
Box<number> | Promise<OtherBox<number>>
Box<number> | Promise<Box<string>>
boolean | Recursive
number | Promise<Promise<number>>
number | PromiseLike<number>
number | Promise<number> | PromiseLike<string>
number | string | Promise<number> | Promise<string>
number | Sub
number | Settles
number | string | Promise<number>
any | Promise<any>
unknown | Promise<unknown>
never | Promise<never>
Promise<number>
Promise<number> | Promise<string>
number
T | Promise<T>
N | Promise<N>
N | Promise<number>
T
P
P | number
Awaited<T> | Promise<T>
T[] | Promise<T[]>
"a" | Promise<"a">
"a" | "b" | Promise<string>
null | Promise<null>
object | Promise<object>
{} | Promise<{}>
`).map(
    (type, index) =>
      `function u${index}<T, N extends number, P extends Promise<number> | number>(f: () => ${type}) { if (f()) {} }`,
  ),
].join("\n");

function readPrograms(text: string): string[] {
  return text.trim().split("\n\n");
}
