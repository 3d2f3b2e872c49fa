import type { RequiredQuestion } from "./question.js";

/** Where the addresses of a client begin. */
export function baseUrl() {
  return {
    form: "text",
    message: "URL that all requests begin with, such as https://rates.example.com/v1",
    check: checkUrl,
  } as const satisfies RequiredQuestion;
}

function checkUrl(text: string): string | undefined {
  const problem = findProblem(text);
  if (problem === undefined) return undefined;
  return `${JSON.stringify(text)} is not the URL of a system: ${problem}. Example: https://rates.example.com/v1.`;
}

function findProblem(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return "it must begin with https:// or http:// and a host";
  if (url.username !== "" || url.password !== "") return "it may carry no user and no password";
  if (url.search !== "" || url.hash !== "") return "it may have neither a query nor a fragment";
  return /^[\w\-.~:/%[\]]+$/.test(text) ? undefined : "only letters, digits and -._~:/% may be in it";
}
