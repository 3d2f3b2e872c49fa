import { onAbort } from "./on-abort.js";

/** Settles like `promise`, or rejects with the signal's reason as soon as it aborts. A late rejection of `promise` is never unhandled. */
export function withAbort<T>(promise: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stopListening = onAbort(signal, reject);
    const settle = <V>(end: (value: V) => void) => {
      return (value: V) => {
        stopListening();
        end(value);
      };
    };
    promise.then(settle(resolve), settle(reject));
  });
}
