import type { Failure } from "../results/outcome.js";
import { Result } from "../results/result.js";
import { traced } from "../tasks/tracing.js";
import { AsyncStream, type StreamOptions } from "./async-stream.js";
import { StageError, textOf } from "./errors.js";
import type { Pipeline } from "./pipeline.js";
import type { Receiver } from "./receiver.js";
import type { Source } from "./source.js";
import type { Blame, Stage } from "./stage.js";

/** Stages of any types: that they fit together was checked when they were put into a row. */
type Row = readonly Stage<never, unknown>[];

/** Runs stages in a row, and names the one that fails. */
export class StagePipeline<I, O> implements Pipeline<I, O> {
  readonly name = "pipeline";
  readonly #row: Row;

  constructor(row: Row) {
    this.#row = row.flatMap((stage) => (stage instanceof StagePipeline ? (stage.#row as Row) : [stage]));
  }

  get stages(): string[] {
    return this.#row.map(({ name }) => name);
  }

  readonly connect = (next: Receiver<O>): Receiver<I> => {
    let receiver: Receiver<never> = next;
    for (const [index, { name, connect }] of [...this.#row.entries()].reverse()) {
      const blame: Blame = (error) => new StageError(name, index, error);
      receiver = connect(receiver as Receiver<unknown>, blame);
    }
    return receiver as Receiver<I>;
  };

  stream(source: Source<I>, options?: StreamOptions): AsyncStream<O> {
    return AsyncStream.from(source, options).through(this);
  }

  async process(source: Source<I>, options?: StreamOptions): Promise<Result<O[], "STAGE_FAILED" | "SOURCE_FAILED">> {
    const stream = this.stream(source, options);
    const attributes = { "phasewise.streams.stages": this.stages.join(", ") };
    try {
      return Result.success(await traced("phasewise.streams.process", attributes, () => stream.collect()));
    } catch (error) {
      if (options?.signal?.aborted && error === options.signal.reason) throw error;
      return toFailure(error);
    }
  }
}

function toFailure(error: unknown): Failure<"STAGE_FAILED" | "SOURCE_FAILED"> {
  if (!(error instanceof StageError)) {
    return Result.error("SOURCE_FAILED", `The source failed: ${textOf(error)}`, { cause: error });
  }
  const { message, stage, index, cause } = error;
  return Result.error("STAGE_FAILED", message, { cause, details: { stage, index } });
}
