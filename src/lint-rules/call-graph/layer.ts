import type { CallGraph } from "./call-graph.js";
import { findModuleFolder } from "./module-file.js";

/** A folder of a module, one of a list from the top to the bottom. */
export interface Layer {
  readonly folder: string;
  /** May it do I/O? It may, unless this is false. */
  readonly io?: boolean;
}

/** From the top: what is called from outside, what decides, what does. */
export const defaultLayers: readonly Layer[] = [
  { folder: "commands" },
  { folder: "operations", io: false },
  { folder: "runtime" },
];

/** Finds the layer that a file belongs to. */
export interface LayerFinder {
  readonly layers: readonly Layer[];
  /** The folder that has the layers, and the layer's place in the list. */
  readonly find: (fileName: string) => { readonly root: string; readonly index: number } | undefined;
}

/** Layers are the folders of these names right below the folder of a module. */
export function createLayerFinder(layers: readonly Layer[], graph: CallGraph): LayerFinder {
  return {
    layers,
    find(fileName) {
      const root = findModuleFolder(fileName, graph);
      if (root === undefined) return undefined;
      const below = fileName.slice(root.length + 1);
      const index = layers.findIndex(({ folder }) => `${below}/`.startsWith(`${folder}/`));
      return index < 0 ? undefined : { root, index };
    },
  };
}
