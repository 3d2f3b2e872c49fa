import type { Node } from "../type-checker/ast.js";
import type { WorkspaceModule, WorkspaceModules } from "../type-queries/workspace-modules.js";
import type { Waypoint } from "./way.js";

/** The way from a module over the ids of others: the first is named by a node, each of the rest where the one before names it. */
export function getModuleWay(
  module: WorkspaceModule,
  first: Node,
  ids: readonly string[],
  workspace: WorkspaceModules,
): Waypoint[] {
  const way: Waypoint[] = [{ name: module.id, node: module.object }];
  let node: Node | undefined = first;
  let current: WorkspaceModule | undefined = module;
  ids.forEach((name, index) => {
    way.push({ name, node: node ?? module.object });
    current = current && workspace.findModule(name, current);
    node = current?.dependencies.find(({ id }) => id === ids[index + 1])?.node;
  });
  return way;
}
