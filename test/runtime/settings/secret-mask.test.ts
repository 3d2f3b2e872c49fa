import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { isSecretName } from "../../../src/runtime/settings/secret-name.js";
import { createSecretMask } from "../../../src/runtime/settings/secret-mask.js";

const maskOf = (...secrets: string[]) => {
  const mask = createSecretMask();
  secrets.forEach(mask.add);
  return mask;
};

describe("isSecretName", () => {
  it.each([
    ...["password", "passphrase", "passwd", "smtpPassword", "db_pwd", "PASSWORD", "secret", "clientSecret", "token"],
    ...["tokens", "access_token", "apiKey", "api-key", "API_KEY", "apikey", "credential", "credentials", "privateKey"],
    ...["secretAccessKey", "authorization", "Proxy-Authorization", "cookie", "set-cookie", "connectionString"],
  ])("knows %s", (name) => expect(isSecretName(name)).toBe(true));

  it.each(["passport", "tokenUrl", "secretsDirectory", "cookieName", "accessKeyId", "key", "author", "monkey", ""])(
    "does not take %s for one",
    (name) => expect(isSecretName(name)).toBe(false),
  );
});

describe("a secret mask", () => {
  it("masks what it knows wherever it stands in a text", () => {
    const mask = maskOf("hunter2!", "a.b*c(d");
    expect(mask.maskText("tried hunter2!, then hunter2!x and a.b*c(d")).toBe(
      "tried [masked], then [masked]x and [masked]",
    );
    expect(mask.maskText("hunter2 aXb*c(d")).toBe("hunter2 aXb*c(d");
  });

  it("masks the longer one of two that begin alike", () => {
    expect(maskOf("hunter2", "hunter2-long").maskText("hunter2-long hunter2")).toBe("[masked] [masked]");
  });

  it("learns more at any time, and leaves what is shorter than six characters", () => {
    const mask = maskOf("first-secret");
    expect(mask.maskText("first-secret")).toBe("[masked]");
    mask.add("second-secret");
    mask.add("short");
    mask.add("");
    expect(mask.maskText("first-secret second-secret short")).toBe("[masked] [masked] short");
  });

  it("masks fields at any depth, by name and by value", () => {
    const fields = {
      url: "postgres://app:hunter2!@db",
      rows: [{ note: "hunter2!", count: 1 }],
      smtp: { password: "short", user: "app", token: undefined, cookie: null, secret: false },
      credentials: { user: "app" },
      home: new URL("http://app:hunter2!@db/"),
    };
    const before = structuredClone({ ...fields, home: "" });
    expect(maskOf("hunter2!").maskFields(fields)).toEqual({
      url: "postgres://app:[masked]@db",
      rows: [{ note: "[masked]", count: 1 }],
      smtp: { password: "[masked]", user: "app", token: undefined, cookie: null, secret: false },
      credentials: "[masked]",
      home: "http://app:[masked]@db/",
    });
    expect({ ...fields, home: "" }).toEqual(before);
  });

  it("gives the same object where nothing is secret", () => {
    const date = new Date(0);
    const fields = {
      date,
      home: new URL("http://db/"),
      bytes: Buffer.from("hunter2!"),
      error: new Error("x"),
      list: [1],
    };
    expect(maskOf("hunter2!").maskFields(fields)).toBe(fields);
  });

  it("masks errors, which stay errors", () => {
    class QueryError extends Error {
      readonly query = { password: "short", sql: "select 'hunter2!'" };
    }
    const cause = new AggregateError([new Error("inner hunter2!")], "several hunter2!");
    const { error } = maskOf("hunter2!").maskFields({ error: new QueryError("failed: hunter2!", { cause }) });
    expect(error).toBeInstanceOf(QueryError);
    expect(error.message).toBe("failed: [masked]");
    expect(error.stack).toMatch(/^Error: failed: \[masked\]\n +at /);
    const text = inspect(error);
    expect(text).toMatch(/several \[masked\][^]*inner \[masked\]/);
    expect(text).not.toMatch(/hunter2|short/);
  });

  it("keeps an error an error that has a JSON form of its own", () => {
    const original = Object.assign(new Error("hunter2!"), { toJSON: () => ({ message: "hunter2!" }) });
    const { error } = maskOf("hunter2!").maskFields({ error: original });
    expect(error).toBeInstanceOf(Error);
    expect(error.message).toBe("[masked]");
  });

  it("copes with whatever it is given", () => {
    const circle: Record<string, unknown> = { text: "hunter2!" };
    circle["self"] = circle;
    const itself = { text: "hunter2!", toJSON: () => itself };
    const throwing = {
      get value(): string {
        throw new Error("hunter2!");
      },
    };
    const shared = { text: "hunter2!" };
    expect(maskOf("hunter2!").maskFields({ circle, itself, throwing, pair: [shared, shared] })).toEqual({
      circle: { text: "[masked]", self: "[circular]" },
      itself: { text: "[masked]", toJSON: itself.toJSON },
      throwing: "[unreadable]",
      pair: [{ text: "[masked]" }, { text: "[masked]" }],
    });
  });
});
