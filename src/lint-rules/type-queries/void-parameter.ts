import { findTypeAt, getTypeArguments } from "../type-checker/ask-types.js";
import { type Node, isCallExpression, isNewExpression } from "../type-checker/ast.js";
import { rememberById } from "../type-checker/remember.js";
import { type Project, SignatureKind, type Type } from "../type-checker/types.js";
import { getConstituents } from "./promise.js";
import { isVoidFunction, returnsAwaitable } from "./void-function.js";

/**
 * Does a call drop what the function at this index gives? Every overload counts, not the chosen one alone: where one of
 * them takes a function that gives a promise, such a function is welcome.
 */
export function takesVoidFunction(call: Node | undefined, index: number, project: Project): boolean {
  if (!call || !(isCallExpression(call) || isNewExpression(call))) return false;
  const callee = findTypeAt(call.expression, project);
  if (!callee) return false;
  const signatures = isCallExpression(call) ? getCallParameters(callee, project) : getNewParameters(callee, project);
  const declared = signatures
    .map((parameters) => findParameter(parameters, index))
    .filter((type) => type !== undefined);
  if (declared.length === 0 || declared.some((type) => returnsAwaitable(type, project))) return false;
  const actual = signatures.some(({ isGeneric }) => isGeneric) ? findActualParameter(call, index, project) : undefined;
  if (!actual) return declared.some((type) => isVoidFunction(type, project));
  return !returnsAwaitable(actual, project) && [...declared, actual].some((type) => isVoidFunction(type, project));
}

interface Parameters {
  readonly single: readonly (Type | undefined)[];
  /** The elements of `...rest`: one for all of an array, one each for those of a tuple. */
  readonly rest: readonly Type[];
  readonly isEndless: boolean;
  readonly isGeneric: boolean;
}

const getCallParameters = rememberById((type: Type, project) => getParameters(type, SignatureKind.Call, project));
const getNewParameters = rememberById((type: Type, project) => getParameters(type, SignatureKind.Construct, project));

function getParameters(type: Type, kind: SignatureKind, project: Project): Parameters[] {
  const { checker } = project;
  return getConstituents(type)
    .flatMap((member) => checker.getSignaturesOfType(member, kind))
    .map((signature) => {
      const symbols = signature.getParameters();
      const types = symbols.length > 0 ? checker.getTypeOfSymbol(symbols) : [];
      const rest = signature.hasRestParameter ? types.at(-1) : undefined;
      const isGeneric = signature.typeParameters !== undefined;
      if (!rest) return { single: types, rest: [], isEndless: false, isGeneric };
      const isEndless = checker.isArrayType(rest);
      const isList = rest.isTypeReference() && (isEndless || checker.isTupleType(rest));
      return { single: types.slice(0, -1), rest: isList ? getTypeArguments(rest, project) : [], isEndless, isGeneric };
    });
}

function findParameter({ single, rest, isEndless }: Parameters, index: number): Type | undefined {
  if (index < single.length) return single[index];
  return rest[isEndless ? 0 : index - single.length];
}

/** The parameter of the chosen overload, with what its type parameters stand for in this call. */
function findActualParameter(call: Node, index: number, { checker }: Project): Type | undefined {
  const signature = checker.getResolvedSignature(call);
  return signature && checker.getParameterType(signature, index);
}
