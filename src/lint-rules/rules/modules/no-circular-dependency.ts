import { getModuleWay } from "../../call-graph/module-way.js";
import { printWay } from "../../call-graph/way.js";
import { defineRule } from "../../define-rule.js";
import { defineModule } from "../../runtime-vocabulary.js";
import { getLocation } from "../../syntax/location.js";
import { openFile } from "../../type-checker/open-file.js";
import { getWorkspaceModules } from "../../type-queries/workspace-modules.js";

/**
 * Reports each dependency of a module that leads back to it, with the shortest such circle: no module of a circle can be
 * activated before the others, so the application does not boot. Ids that only running the code would tell are not
 * followed, and of modules with the same id only the nearest.
 */
export default defineRule({
  name: "modules/no-circular-dependency",
  meta: {
    type: "problem",
    description: "Disallow modules that depend on each other in a circle",
    messages: {
      circle:
        "Modules depend on each other in a circle: {{path}}. Remove one of these dependencies: " +
        "publish an event instead of calling, or move what both need into a module of its own.",
      itself:
        'Module "{{module}}" depends on itself. Remove "{{module}}" from the list: its own services need no dependency.',
    },
    schema: [],
  },
  create(context) {
    return {
      "Program:exit"() {
        const file = context.sourceCode.text.includes(defineModule) ? openFile(context) : undefined;
        if (!file) return;
        const workspace = getWorkspaceModules(file.project);
        for (const module of workspace.getModulesIn(file.sourceFile)) {
          for (const { id, node } of module.dependencies) {
            const dependency = workspace.findModule(id, module);
            const ids = dependency && workspace.findPath(dependency, module);
            if (!ids) continue;
            const way = getModuleWay(module, node, ids, workspace);
            context.report({
              loc: getLocation(node, context.sourceCode),
              messageId: id === module.id ? "itself" : "circle",
              data: { module: module.id, path: printWay(way) },
              way,
            });
          }
        }
      },
    };
  },
});
