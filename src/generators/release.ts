import { GeneratorError } from "./errors.js";
import manifest from "./package.json" with { type: "json" };
import type { Project } from "./project.js";

/** The version of this release; its packages share it. */
export const version: string = manifest.version;

/** What package.json says about each package of this release. */
export interface ReleaseVersions {
  readonly runtime: string;
  readonly plugin: string;
  readonly phasewise: string;
}

/** The packages of this release as a registry has them. */
export const publishedVersions: ReleaseVersions = {
  runtime: `^${version}`,
  plugin: `^${version}`,
  phasewise: `^${version}`,
};

const packed: ReleaseVersions = {
  runtime: `phasewise-runtime-${version}.tgz`,
  plugin: `phasewise-eslint-plugin-${version}.tgz`,
  phasewise: `phasewise-${version}.tgz`,
};

/** The packages of this release as files in a folder of packed packages, whose path is relative to the workspace. */
export async function findPackedVersions(folder: string, project: Project): Promise<ReleaseVersions> {
  const names = (await project.namesIn(folder)) ?? [];
  const missing = Object.values<string>({ ...packed }).filter((file) => !names.includes(file));
  if (missing.length > 0) throw packageNotFound(folder, missing);
  const specifierOf = (file: string) => `file:${folder}/${file}`;
  return {
    runtime: specifierOf(packed.runtime),
    plugin: specifierOf(packed.plugin),
    phasewise: specifierOf(packed.phasewise),
  };
}

function packageNotFound(folder: string, missing: readonly string[]): GeneratorError {
  return new GeneratorError(
    "PACKAGE_NOT_FOUND",
    `The folder ${folder} lacks ${missing.join(", ")}. Put the packed packages of this release there ` +
      "(npm pack --pack-destination <folder>), or leave out --packages to use the published ones.",
  );
}
