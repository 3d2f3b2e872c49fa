import { Result, Service } from "@phasewise/runtime";
import { HttpClient, type HttpErrorCode } from "@phasewise/runtime/http";

/** Asks https://rates.example.com/v1: put the requests that you need in place of `find`. */
export class RatesService extends Service {
  readonly #baseUrl: string;
  #http!: HttpClient;

  constructor(baseUrl = "https://rates.example.com/v1") {
    super();
    this.#baseUrl = baseUrl;
  }

  protected override async onInitialize() {
    this.#http = new HttpClient({ baseUrl: this.#baseUrl });
    return Result.success(undefined);
  }

  protected override async onDispose() {
    await this.#http.close();
  }

  /**
   * Finds what has this id.
   * @returns `EMPTY_ID` for a blank id, or what a request fails with, such as `HTTP_STATUS` or `TIMED_OUT`.
   */
  async find(id: string): Promise<Result<unknown, "EMPTY_ID" | "NOT_INITIALIZED" | HttpErrorCode>> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;

    if (id.trim() === "") return Result.error("EMPTY_ID", "An id needs at least one letter.");
    const answer = await this.#http.get(encodeURIComponent(id), { timeoutMs: 5_000 });
    return Result.map(answer, ({ body }) => body);
  }
}
