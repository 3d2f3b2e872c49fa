import type { TSESTree } from "@typescript-eslint/utils";
import { type CallGraph, getCallGraph } from "../../call-graph/call-graph.js";
import { findBlocking } from "../../call-graph/find-blocking.js";
import { PathFinder } from "../../call-graph/find-path.js";
import { type Layer, type LayerFinder, createLayerFinder, defaultLayers } from "../../call-graph/layer.js";
import type { Call } from "../../call-graph/unit.js";
import { type Waypoint, printWay } from "../../call-graph/way.js";
import { type RuleContext, defineRule } from "../../define-rule.js";
import { getLocation } from "../../syntax/location.js";
import { findModuleSpecifier } from "../../syntax/module-specifiers.js";
import type { CheckedFile } from "../../type-checker/checked-file.js";
import { openFile } from "../../type-checker/open-file.js";
import { getImportedFiles } from "../../type-queries/imported-file.js";
import { findOutsideCall } from "../../type-queries/outside-call.js";

interface Options {
  readonly layers?: readonly Layer[];
}

type MessageId = "up" | "io" | "reachesIo";
type Context = RuleContext<MessageId, [Options?]>;

const ruleName = "no-layer-violation";

/**
 * Reports imports in a layered module that point up, and I/O in a layer that is to be free of it: `operations` unless told.
 * The layers are folders of the module, listed from the top. What a layer asks a lower one to do is not followed.
 */
export default defineRule<MessageId, [Options?]>({
  name: "modules/no-layer-violation",
  meta: {
    type: "problem",
    description: "Disallow imports that point up the layers of a module, and I/O in a layer that is to be free of it",
    messages: {
      up:
        "`{{own}}` is below `{{target}}` and must not import from it. " +
        "Move what both need into `{{own}}`, or hand it in as a parameter.",
      io: "`{{end}}` is I/O, and `{{own}}` is to be free of it. Move it into {{others}}, and hand in what it gives.",
      reachesIo:
        "This reaches I/O, and `{{own}}` is to be free of it: `{{path}}`. " +
        "Move it into {{others}}, and hand in what it gives.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          layers: {
            type: "array",
            minItems: 1,
            items: {
              type: "object",
              additionalProperties: false,
              required: ["folder"],
              properties: { folder: { type: "string", minLength: 1 }, io: { type: "boolean" } },
            },
          },
        },
      },
    ],
  },
  create(context) {
    const layers = context.options[0]?.layers ?? defaultLayers;
    const path = context.filename.replaceAll("\\", "/");
    if (!layers.some(({ folder }) => path.includes(`/${folder}/`))) return {};
    const specifiers: TSESTree.StringLiteral[] = [];
    const addSpecifier = (node: Parameters<typeof findModuleSpecifier>[0]) => {
      const specifier = findModuleSpecifier(node);
      if (specifier) specifiers.push(specifier);
    };
    return {
      CallExpression: addSpecifier,
      ExportAllDeclaration: addSpecifier,
      ExportNamedDeclaration: addSpecifier,
      ImportDeclaration: addSpecifier,
      ImportExpression: addSpecifier,
      TSExternalModuleReference: addSpecifier,
      TSImportType: addSpecifier,
      "Program:exit"() {
        const file = openFile(context);
        if (!file) return;
        const graph = getCallGraph(file.project);
        const finder = createLayerFinder(layers, graph);
        const own = finder.find(file.sourceFile.fileName);
        if (!own) return;
        reportImports(specifiers, own.index, finder, file, context);
        if (layers[own.index]?.io === false) reportIo(own.index, finder, file, graph, context);
      },
    };
  },
});

function reportImports(
  specifiers: readonly TSESTree.StringLiteral[],
  ownIndex: number,
  { find, layers }: LayerFinder,
  file: CheckedFile,
  context: Context,
): void {
  const root = find(file.sourceFile.fileName)?.root;
  getImportedFiles(specifiers, file).forEach((path, index) => {
    const target = path === undefined ? undefined : find(path);
    const node = specifiers[index];
    if (!node || !target || target.root !== root || target.index >= ownIndex) return;
    const data = { own: layers[ownIndex]?.folder ?? "", target: layers[target.index]?.folder ?? "" };
    context.report({ node, messageId: "up", data });
  });
}

function reportIo(
  ownIndex: number,
  { find, layers }: LayerFinder,
  { sourceFile }: CheckedFile,
  graph: CallGraph,
  context: Context,
): void {
  const own = layers[ownIndex]?.folder ?? "";
  const free = layers.filter(({ io }) => io !== false).map(({ folder }) => `\`${folder}\``);
  const others = free.length > 0 ? free.join(" or ") : "another layer";
  const paths = graph.remember(`${ruleName} ${JSON.stringify(layers)}`, () => {
    const findEnd = (call: Call) => (graph.isSilenced(call, ruleName) ? undefined : findIo(call, graph));
    return new PathFinder(graph, {
      findEnd,
      mayEnter: ({ node }) => find(node.getSourceFile().fileName) === undefined,
      ignoresImplementations: true,
    });
  });
  for (const call of graph.getUnits(sourceFile).flatMap(({ calls }) => calls)) {
    const way = paths.find(call)?.way ?? findOwnIo(call, graph);
    if (way.length === 0) continue;
    const loc = getLocation(call.node, context.sourceCode);
    const data = { own, others, end: way.at(-1)?.name ?? "", path: printWay(way) };
    context.report({ loc, messageId: way.length === 1 ? "io" : "reachesIo", data, way });
  }
}

function findOwnIo(call: Call, graph: CallGraph): Waypoint[] {
  const name = findIo(call, graph);
  return name === undefined ? [] : [{ name, node: call.node }];
}

function findIo(call: Call, graph: CallGraph): string | undefined {
  if (call.kind !== "call" && call.kind !== "new") return undefined;
  const labels = call.target.symbols.map((symbol) => findOutsideCall(symbol, graph.project));
  return labels.find((label) => label !== undefined) ?? findBlocking(call, graph)?.label;
}
