export { HttpError, type HttpErrorCode, type HttpMisuseCode } from "./errors.js";
export { HttpClient } from "./http-client.js";
export {
  type HttpClientOptions,
  type HttpHeaders,
  type HttpRetry,
  type QueryValue,
  type RequestOptions,
} from "./http-options.js";
export { type HttpAnswer, type HttpBodies, type HttpResponse } from "./http-response.js";
export { type RequestPolicy } from "./request-policy.js";
