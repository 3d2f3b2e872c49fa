import type { Plan, Write } from "./plan.js";

/** The unified diff of a plan: what `git apply` would need to make the same changes. Writes nothing. */
export async function previewPlan({ writes }: Plan): Promise<string> {
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import("diff");
  const patchOf = ({ path, before, after }: Write) =>
    createTwoFilesPatch(
      before === null ? "/dev/null" : `a/${path}`,
      after === null ? "/dev/null" : `b/${path}`,
      before ?? "",
      after ?? "",
      "",
      "",
      { headerOptions: FILE_HEADERS_ONLY },
    );
  return writes
    .filter(({ before, after }) => before !== after)
    .map(patchOf)
    .join("");
}
