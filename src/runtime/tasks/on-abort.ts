/** What is given up at some time, for a reason: a `Scope`, without making its signal. */
export interface Endable {
  throwIfAborted(): void;
  onEnd(callback: (reason: unknown) => void): () => void;
}

export type AbortSource = AbortSignal | Endable;

/** What ends a waiting with these options: their signal, or the scope that they are, whose signal is not made for that. */
export function abortSourceOf(options: { readonly signal?: AbortSignal | undefined }): AbortSource | undefined {
  return "onEnd" in options ? (options as Endable) : options.signal;
}

/**
 * Calls back once when the signal aborts or the scope ends, or at once if that was before. The function it gives back stops
 * listening.
 */
export function onAbort(source: AbortSource | undefined, callback: (reason: unknown) => void): () => void {
  if (!source) return ignore;
  if ("onEnd" in source) return source.onEnd(callback);
  const listener = () => callback(source.reason);
  if (source.aborted) listener();
  else source.addEventListener("abort", listener, { once: true });
  return () => source.removeEventListener("abort", listener);
}

const ignore = () => {};
