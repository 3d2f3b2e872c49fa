// Builds `@phasewise/runtime` into its `dist`: declarations as TypeScript writes them, and one bundle an entry point with
// what they share between them, because a process imports a bundle several times as fast as a hundred small files. What the
// sources import when they need it stays a file of its own.
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const subpaths = ["conformance", "http", "platform", "resilience", "resources", "streams", "tasks", "testing"];
const entries = ["index", ...subpaths.map((name) => `${name}/index`)];
const folder = fileURLToPath(new URL(".", import.meta.url));

const bundle = await rolldown({
  cwd: folder,
  input: Object.fromEntries(entries.map((entry) => [entry, `./${entry}.ts`])),
  platform: "node",
  external: ["undici", "yaml", "@opentelemetry/api"],
  // Node 20 knows no `using`.
  transform: { target: "es2023" },
  // The testing kit imports a part only to have it loaded.
  treeshake: { moduleSideEffects: [{ test: /module-host\.ts$/, sideEffects: true }] },
});
// The sources are in the package, beside the maps that name them.
await bundle.write({
  dir: `${folder}dist`,
  format: "esm",
  sourcemap: true,
  sourcemapExcludeSources: true,
  chunkFileNames: "[name].js",
});
await bundle.close();
