import type { Result } from "../results/result.js";
import type { AsyncStream, StreamOptions } from "./async-stream.js";
import { requireStage } from "./errors.js";
import type { Source } from "./source.js";
import type { Stage } from "./stage.js";
import { StagePipeline } from "./stage-pipeline.js";

/** Stages in a row. It keeps nothing between runs, so it can be run many times, also at once, and it is a stage itself. */
export interface Pipeline<I, O> extends Stage<I, O> {
  /** The names of its stages; those of pipelines in it are among them. */
  readonly stages: readonly string[];

  /**
   * Gives everything that comes out of the pipeline. `STAGE_FAILED` names the stage: its details are `stage`, as
   * `filter isPaid`, and `index`, its place from 0; its cause is what was thrown. `SOURCE_FAILED` has the error of the source.
   * Rejects with the reason of a signal that aborts.
   *
   * @throws StreamError `INVALID_SOURCE`, or `STREAM_USED` for a stream that is used.
   */
  process(source: Source<I>, options?: StreamOptions): Promise<Result<O[], "STAGE_FAILED" | "SOURCE_FAILED">>;

  /**
   * Gives a stream of what comes out. It rejects with a `StageError`, which names the stage, when one fails.
   *
   * @throws StreamError `INVALID_SOURCE`, or `STREAM_USED` for a stream that is used.
   */
  stream(source: Source<I>, options?: StreamOptions): AsyncStream<O>;
}

/**
 * Puts stages into a row. What one gives must be what the next one takes: otherwise that stage does not compile. A pipeline is a stage: that is how
 * more than ten are written.
 *
 * @throws StreamError `INVALID_STAGE` for what is no stage, and for none at all.
 *
 * @example
 * ```ts
 * import { batch, filter, map, pipeline } from "@phasewise/runtime/streams";
 *
 * export const pages = pipeline(
 *   map((line: string) => Number(line)),
 *   filter((price) => price > 0),
 *   batch(100),
 * );
 *
 * export const readPages = (lines: AsyncIterable<string>) => pages.process(lines);
 * ```
 */
export function pipeline<A, B>(s1: Stage<A, B>): Pipeline<A, B>;
export function pipeline<A, B, C>(s1: Stage<A, B>, s2: Stage<NoInfer<B>, C>): Pipeline<A, C>;
export function pipeline<A, B, C, D>(
  s1: Stage<A, B>,
  s2: Stage<NoInfer<B>, C>,
  s3: Stage<NoInfer<C>, D>,
): Pipeline<A, D>;
export function pipeline<A, B, C, D, E>(
  s1: Stage<A, B>,
  s2: Stage<NoInfer<B>, C>,
  s3: Stage<NoInfer<C>, D>,
  s4: Stage<NoInfer<D>, E>,
): Pipeline<A, E>;
export function pipeline<A, B, C, D, E, F>(
  s1: Stage<A, B>,
  s2: Stage<NoInfer<B>, C>,
  s3: Stage<NoInfer<C>, D>,
  s4: Stage<NoInfer<D>, E>,
  s5: Stage<NoInfer<E>, F>,
): Pipeline<A, F>;
export function pipeline<A, B, C, D, E, F, G>(
  s1: Stage<A, B>,
  s2: Stage<NoInfer<B>, C>,
  s3: Stage<NoInfer<C>, D>,
  s4: Stage<NoInfer<D>, E>,
  s5: Stage<NoInfer<E>, F>,
  s6: Stage<NoInfer<F>, G>,
): Pipeline<A, G>;
export function pipeline<A, B, C, D, E, F, G, H>(
  s1: Stage<A, B>,
  s2: Stage<NoInfer<B>, C>,
  s3: Stage<NoInfer<C>, D>,
  s4: Stage<NoInfer<D>, E>,
  s5: Stage<NoInfer<E>, F>,
  s6: Stage<NoInfer<F>, G>,
  s7: Stage<NoInfer<G>, H>,
): Pipeline<A, H>;
export function pipeline<A, B, C, D, E, F, G, H, I>(
  s1: Stage<A, B>,
  s2: Stage<NoInfer<B>, C>,
  s3: Stage<NoInfer<C>, D>,
  s4: Stage<NoInfer<D>, E>,
  s5: Stage<NoInfer<E>, F>,
  s6: Stage<NoInfer<F>, G>,
  s7: Stage<NoInfer<G>, H>,
  s8: Stage<NoInfer<H>, I>,
): Pipeline<A, I>;
export function pipeline<A, B, C, D, E, F, G, H, I, J>(
  s1: Stage<A, B>,
  s2: Stage<NoInfer<B>, C>,
  s3: Stage<NoInfer<C>, D>,
  s4: Stage<NoInfer<D>, E>,
  s5: Stage<NoInfer<E>, F>,
  s6: Stage<NoInfer<F>, G>,
  s7: Stage<NoInfer<G>, H>,
  s8: Stage<NoInfer<H>, I>,
  s9: Stage<NoInfer<I>, J>,
): Pipeline<A, J>;
export function pipeline<A, B, C, D, E, F, G, H, I, J, K>(
  s1: Stage<A, B>,
  s2: Stage<NoInfer<B>, C>,
  s3: Stage<NoInfer<C>, D>,
  s4: Stage<NoInfer<D>, E>,
  s5: Stage<NoInfer<E>, F>,
  s6: Stage<NoInfer<F>, G>,
  s7: Stage<NoInfer<G>, H>,
  s8: Stage<NoInfer<H>, I>,
  s9: Stage<NoInfer<I>, J>,
  s10: Stage<NoInfer<J>, K>,
): Pipeline<A, K>;
export function pipeline(...stages: Stage<never, unknown>[]): Pipeline<never, unknown> {
  if (stages.length === 0) requireStage("pipeline", undefined);
  for (const stage of stages) requireStage("pipeline", stage);
  return new StagePipeline(stages);
}
