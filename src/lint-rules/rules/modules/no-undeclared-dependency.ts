import { dirname, relative } from "node:path/posix";
import { getCallGraph } from "../../call-graph/call-graph.js";
import { getModuleWay } from "../../call-graph/module-way.js";
import type { Call } from "../../call-graph/unit.js";
import { type Waypoint, printWay } from "../../call-graph/way.js";
import { type RuleContext, defineRule } from "../../define-rule.js";
import {
  dependencies,
  eventCalls,
  optionalDependencies,
  optionalServiceCall,
  serviceCalls,
  testingPackage,
} from "../../runtime-vocabulary.js";
import { addDependency } from "../../syntax/add-dependency.js";
import { getLocation } from "../../syntax/location.js";
import { type Node, isCallExpression } from "../../type-checker/ast.js";
import { openFile } from "../../type-checker/open-file.js";
import type { Project } from "../../type-checker/types.js";
import { findTexts } from "../../type-queries/constant.js";
import { findContextCall } from "../../type-queries/context-call.js";
import {
  type Owner,
  type WorkspaceModule,
  getWorkspaceModules,
  isDeclared,
} from "../../type-queries/workspace-modules.js";

type MessageId = "service" | "event" | "circle" | "add";
type Options = [{ readonly checkEvents?: boolean }?];

/**
 * Reports a module that asks for a service, or listens to events, of a module that it does not name among its
 * dependencies: the runtime refuses the service, and the order of the boot is left to chance. A service belongs to the
 * module that registers it, an event to the one that its type begins with. Calls of code shared by modules are not followed.
 */
export default defineRule<MessageId, Options>({
  name: "modules/no-undeclared-dependency",
  meta: {
    type: "problem",
    description: "Disallow services and events of modules that the module does not depend on",
    fixable: "code",
    hasSuggestions: true,
    messages: {
      service:
        '`{{call}}("{{id}}")` asks for a service of module "{{owner}}", which module "{{module}}" does not depend on: ' +
        "the runtime refuses it. Write `{{line}}` in {{place}}.",
      event:
        '`{{call}}("{{id}}")` listens to module "{{owner}}", which module "{{module}}" does not depend on: ' +
        "nothing would tell that it is missing. Write `{{line}}` in {{place}}.",
      circle:
        '`{{call}}("{{id}}")` asks for a service of module "{{owner}}", which depends on module "{{module}}" itself: ' +
        '{{path}}. Let "{{owner}}" subscribe to an event instead, or move the service into a module of its own.',
      add: 'Add "{{owner}}" to the `{{list}}` of module "{{module}}".',
    },
    schema: [{ type: "object", additionalProperties: false, properties: { checkEvents: { type: "boolean" } } }],
  },
  create(context) {
    const { ast, text } = context.sourceCode;
    const names = context.options[0]?.checkEvents === false ? serviceCalls : [...serviceCalls, ...eventCalls];
    const usesFakes = ast.body.some(
      (node) => node.type === "ImportDeclaration" && node.source.value === testingPackage,
    );
    return {
      "Program:exit"() {
        const file = !usesFakes && names.some((name) => text.includes(name)) ? openFile(context) : undefined;
        if (!file) return;
        for (const unit of getCallGraph(file.project).getUnits(file.sourceFile)) {
          for (const call of unit.calls) {
            const name = findContextCall(call.target.symbols, file.project);
            if (name === undefined || !names.some((candidate) => candidate === name)) continue;
            for (const use of findUndeclared(call, name, file.project)) report(use, context);
          }
        }
      },
    };
  },
});

/** A use of another module's service or events that its dependencies do not tell of. */
interface Use {
  readonly call: string;
  /** The id of a service, or the pattern of events. */
  readonly id: string;
  readonly node: Node;
  readonly module: WorkspaceModule;
  readonly owner: Owner;
  /** The way over dependencies by which the owner already depends on the module. */
  readonly wayBack: readonly Waypoint[] | undefined;
}

function findUndeclared({ node }: Call, call: string, project: Project): Use[] {
  const argument = isCallExpression(node) ? node.arguments[0] : undefined;
  if (!argument) return [];
  const workspace = getWorkspaceModules(project);
  const module = workspace.findModuleOf(argument);
  if (!module?.isComplete) return [];
  return findTexts(argument, project).flatMap((id) => {
    const owner = isEventCall(call) ? workspace.findOwner(id, module) : workspace.findServiceOwner(id, module);
    if (!owner || owner.id === module.id || isDeclared(module, owner.id)) return [];
    const ownModule = workspace.findModule(owner.id, module);
    const ids = ownModule && workspace.findPath(ownModule, module);
    const wayBack = ids && getModuleWay(module, argument, ids, workspace);
    return wayBack && isEventCall(call) ? [] : { call, id, node: argument, module, owner, wayBack };
  });
}

function isEventCall(name: string): boolean {
  return eventCalls.some((call) => call === name);
}

function report(use: Use, context: RuleContext<MessageId, Options>): void {
  const { call, id, node, module, owner, wayBack } = use;
  const list = call === optionalServiceCall ? optionalDependencies : dependencies;
  const lists = isEventCall(call) ? [dependencies, optionalDependencies] : [list];
  const isHere = module.object.getSourceFile() === node.getSourceFile();
  const data = {
    ...{ call, id, list, module: module.id, owner: owner.id },
    line: writeList(module, list, owner.id),
    path: wayBack ? printWay(wayBack) : "",
    place: isHere ? "its definition" : `\`${findWay(node.getSourceFile().fileName, module.file)}\``,
  };
  const repairs =
    wayBack || !isHere ? [] : lists.map((name) => ({ list: name, fix: addDependency(module, name, owner.id) }));
  const isSafe = owner.isCertain && !isEventCall(call);
  context.report({
    loc: getLocation(node, context.sourceCode),
    messageId: wayBack ? "circle" : isEventCall(call) ? "event" : "service",
    data,
    ...(wayBack && { way: wayBack }),
    fix: isSafe ? (repairs[0]?.fix ?? null) : null,
    suggest: isSafe
      ? []
      : repairs.flatMap(({ list: name, fix }) => (fix ? { messageId: "add", data: { ...data, list: name }, fix } : [])),
  });
}

/** The list with the id added, as it is to be written. */
function writeList({ dependencies: all }: WorkspaceModule, list: string, id: string): string {
  const listed = all.filter(({ isOptional }) => isOptional === (list === optionalDependencies));
  const texts = listed.map((named) => (/^[{"']/.test(named.node.getText()) ? named.node.getText() : `"${named.id}"`));
  return `${list}: [${[...texts, `"${id}"`].join(", ")}]`;
}

function findWay(from: string, to: string): string {
  const way = relative(dirname(from), to);
  return way.startsWith(".") ? way : `./${way}`;
}
