import { createLogger, type LoggerOptions } from "@phasewise/runtime";
import { describe, expect, it } from "vitest";

function recordingLogger(options: LoggerOptions) {
  const lines: string[] = [];
  return { lines, logger: createLogger({ ...options, write: (line) => lines.push(line) }) };
}

describe("createLogger", () => {
  it("writes one JSON object a line, with the fields of the call and of the logger", () => {
    const { lines, logger } = recordingLogger({ format: "json" });
    logger.child({ module: "billing" }).child({ tenant: 7 }).warn("late", { invoiceId: "i-1" });

    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^\{.*\}\n$/);
    expect(JSON.parse(lines[0]!)).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      level: "warn",
      message: "late",
      module: "billing",
      tenant: 7,
      invoiceId: "i-1",
    });
  });

  it("writes a readable line as text", () => {
    const { lines, logger } = recordingLogger({ format: "text" });
    logger.child({ module: "billing" }).info("invoice sent", { id: "i-1", to: "A B", attempts: 2 });
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} INFO {2}\[billing\] invoice sent id=i-1 to="A B" attempts=2\n$/);
  });

  it("drops what is below its level, info by default", () => {
    const standard = recordingLogger({ format: "json" });
    standard.logger.debug("hidden");
    standard.logger.info("shown");
    expect(standard.lines).toHaveLength(1);

    const strict = recordingLogger({ format: "json", level: "error" });
    strict.logger.warn("hidden");
    strict.logger.error("shown");
    expect(strict.lines).toHaveLength(1);
  });

  it("writes errors with code, stack and cause", () => {
    const error = Object.assign(new Error("outer", { cause: new Error("inner") }), { code: "E_OUTER" });

    const json = recordingLogger({ format: "json" });
    json.logger.error("failed", { error });
    expect(JSON.parse(json.lines[0]!)).toMatchObject({
      error: { name: "Error", code: "E_OUTER", message: "outer", cause: { name: "Error", message: "inner" } },
    });

    const text = recordingLogger({ format: "text" });
    text.logger.error("failed", { error });
    expect(text.lines[0]).toMatch(/failed error=\nError: outer\n[^]*E_OUTER/);
    expect(text.lines[0]).toContain("Error: inner");
  });

  it("never fails its caller, whatever the fields hold", () => {
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    for (const format of ["json", "text"] as const) {
      const { lines, logger } = recordingLogger({ format });
      logger.info("strange", { circle, big: 1n, call: () => 1, nothing: undefined });
      expect(lines).toHaveLength(1);
    }
  });

  it.each(["json", "text"] as const)(
    "masks fields whose name says that they are secret, at any depth, as %s",
    (format) => {
      const { lines, logger } = recordingLogger({ format });
      const smtp = { password: "hunter2", user: "app", servers: [{ apiKey: 123456, host: "db" }] };
      logger.child({ accessToken: "hunter2" }).info("connecting", { smtp, cookie: null, tokenUrl: "http://auth/" });
      expect(lines[0]).not.toMatch(/hunter2|123456/);
      expect(lines[0]!.match(/\[masked\]/g)).toHaveLength(3);
      expect(lines[0]).toMatch(/app.*db.*null.*http:/);
    },
  );

  it.each(["json", "text"] as const)("masks errors and their causes, as %s", (format) => {
    const { lines, logger } = recordingLogger({ format });
    const config = { headers: { Authorization: "hunter2" } };
    const cause = Object.assign(new Error("inner"), { secrets: ["hunter2"] });
    logger.error("failed", { error: Object.assign(new Error("outer", { cause }), { config, password: "hunter2" }) });
    expect(lines[0]).not.toContain("hunter2");
    expect(lines[0]!.match(/\[masked\]/g)).toHaveLength(3);
    expect(lines[0]).toMatch(/Error: outer[^]*inner/);
  });
});
