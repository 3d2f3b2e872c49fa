import { getTypesAt } from "../type-checker/ask-types.js";
import { type Node, isPropertyAssignment, isSpreadElement } from "../type-checker/ast.js";
import { type CheckerSymbol, type Project, type Type, TypeFlags } from "../type-checker/types.js";
import { getConstituents, isCallable } from "./promise.js";

/** May one of these arguments limit how long a call takes? So may one whose type says too little. */
export function mayLimitTime(args: readonly Node[], project: Project): boolean {
  if (args.some((argument) => isSpreadElement(argument) || limitInText.test(argument.getText()))) return true;
  return getTypesAt(args, project).some((type) => !type || mayHoldLimit(type, project));
}

/** In a connection string or in a query. */
const limitInText = /timeout\s*=|max_execution_time/i;

function mayHoldLimit(type: Type, project: Project): boolean {
  return getConstituents(type).some((member) => {
    if ((member.flags & uncertain) !== 0) return true;
    if (!isOptions(member, project)) return false;
    if (project.checker.getIndexInfosOfType(member).length > 0) return true;
    return project.checker.getPropertiesOfType(member).some((property) => isLimit(property, project));
  });
}

const uncertain = TypeFlags.Any | TypeFlags.Unknown | TypeFlags.NonPrimitive | TypeFlags.Instantiable;

function isOptions(type: Type, project: Project): boolean {
  const { checker } = project;
  if (!type.isObjectType() && !type.isIntersectionType()) return false;
  return !checker.isArrayType(type) && !checker.isTupleType(type) && !isCallable(type, project);
}

/** `{ signal: undefined }` and `{ timeout: 0 }` limit nothing; an agent, a dispatcher or a nested object may. */
function isLimit(property: CheckerSymbol, project: Project): boolean {
  if (notLimits.test(property.name)) return false;
  const type = project.checker.getTypeOfSymbol(property);
  if (limits.test(property.name)) return type === undefined || !(isNothing(type) || isZero(property, project));
  return nested.test(property.name) && type !== undefined && mayHoldLimit(type, project);
}

const limits = /timeout|signal|^(?:agent|cancelToken|dispatcher|httpAgent|httpsAgent|maxTimeMS)$/i;
const notLimits = /^(?:killSignal|keepAlive\w*)$/;
const nested = /^(?:options|redisOptions|socket)$/;

function isNothing({ flags }: Type): boolean {
  return (flags & (TypeFlags.Undefined | TypeFlags.Null)) !== 0;
}

function isZero({ valueDeclaration }: CheckerSymbol, project: Project): boolean {
  const declaration = valueDeclaration?.resolve(project);
  return declaration !== undefined && isPropertyAssignment(declaration) && declaration.initializer.getText() === "0";
}
