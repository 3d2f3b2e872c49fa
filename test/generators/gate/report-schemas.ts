import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { Ajv2020 } from "ajv/dist/2020.js";
import AjvDraft04 from "ajv-draft-04";
import addFormats from "ajv-formats";

/** What is wrong with a value, in the words of a JSON Schema; empty when nothing is. */
export type Validate = (value: unknown) => string[];

/** The official schema of SARIF 2.1.0. */
export async function loadSarifSchema(): Promise<Validate> {
  const file = createRequire(import.meta.url).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  const ajv = new AjvDraft04.default({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  return toValidate(ajv, JSON.parse(await readFile(file, "utf8")) as object);
}

/** Our own schema, made strict: what it does not name is wrong. */
export async function loadReportSchema(): Promise<Validate> {
  const file = new URL("../../../docs/check-report.schema.json", import.meta.url);
  const schema = JSON.parse(await readFile(file, "utf8"), forbidOthers) as object;
  return toValidate(new Ajv2020({ allErrors: true }), schema);
}

function forbidOthers(_: string, value: unknown): unknown {
  const isObjectSchema = typeof value === "object" && value !== null && "type" in value && value.type === "object";
  return isObjectSchema && "properties" in value ? { additionalProperties: false, ...value } : value;
}

function toValidate(ajv: Pick<Ajv2020, "compile">, schema: object): Validate {
  const validate = ajv.compile(schema);
  return (value) => {
    validate(value);
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}
