import { batch, filter, map, pipeline } from "@phasewise/runtime/streams";

/** Takes lines and gives batches of what is in them: put your stages in place of these. */
export const priceImport = pipeline(
  map((line: string) => line.trim()),
  filter((line) => line !== ""),
  batch(100),
);
