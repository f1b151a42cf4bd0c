/**
 * Reading an object of a built-in kind as the API server reads it into its Go types: the first value
 * of a wrong type refuses it, and so does every field that the kind does not have. (The provider lets
 * the server drop unknown fields on creation, with a warning that it hides, and is refused by the next
 * update, which applies; here both are refused, as by `kubectl`, which asks for strict decoding.)
 */

import { isList, type Json, type JsonObject } from "../../../protocol/value.ts";
import { isQuantity, quantityForm } from "../api/quantity.ts";
import { isRecord } from "../api/read.ts";
import { resolved } from "./built-in.ts";
import { type Schema, valuesOf } from "./schema.ts";

/** Why an object cannot be read; `undefined` if it can. */
export function decodingFault(object: JsonObject, reference: string): string | undefined {
  const reader = new Reader();
  reader.read(object, { $ref: reference }, { path: "", fields: [], struct: "" });
  if (reader.mismatch !== undefined) return reader.mismatch;
  if (reader.unknown.length === 0) return undefined;
  return `strict decoding error: ${reader.unknown.map((one) => `unknown field "${one}"`).join(", ")}`;
}

/** Where a value stands. */
interface Place {
  /** With indices, as unknown fields are named. */
  readonly path: string;
  /** Names of fields without indices, as Go's decoder names a place. */
  readonly fields: readonly string[];
  /** The Go type that has the last field. */
  readonly struct: string;
}

class Reader {
  readonly unknown: string[] = [];
  mismatch: string | undefined;

  read(value: Json, schema: Schema, place: Place): void {
    if (value === null || this.mismatch !== undefined) return;
    const own = resolved(schema);
    if (own.format === "int-or-string" && typeof value !== "string" && !Number.isInteger(value)) {
      this.mismatch = this.wrong(value, { type: "integer", format: "int32" }, place);
      return;
    }
    const special = specialFault(value, schema, own);
    if (special !== undefined) {
      this.mismatch = special === "" ? undefined : special;
      return;
    }
    if (own.type === undefined) return;
    if (!fits(value, own.type)) {
      this.mismatch = this.wrong(value, schema, place);
      return;
    }
    if (isList(value)) {
      const { items } = own;
      if (items === undefined) return;
      for (const [i, item] of value.entries()) {
        this.read(item as Json, items, { ...place, path: `${place.path}[${i}]` });
      }
    } else if (isRecord(value)) this.readObject(value, own, schema.$ref ?? place.struct, place);
  }

  private readObject(value: JsonObject, own: Schema, name: string, place: Place): void {
    const values = valuesOf(own);
    const struct = name.slice(name.indexOf("/") + 1);
    for (const [key, item] of Object.entries(value)) {
      const path = place.path === "" ? key : `${place.path}.${key}`;
      const property = own.properties?.[key];
      if (property !== undefined) {
        this.read(item, property, { path, fields: [...place.fields, key], struct });
      } else if (values !== undefined) this.read(item, values, { ...place, path });
      else if (own.properties !== undefined) this.unknown.push(path);
    }
  }

  private wrong(value: Json, schema: Schema, { fields, struct }: Place): string {
    const into = fields.length === 0 ? "value" : `struct field ${struct}.${fields.join(".")}`;
    return `json: cannot unmarshal ${jsonType(value)} into Go ${into} of type ${goType(schema)}`;
  }
}

/** Types that read themselves: the fault, `""` for none, `undefined` for every other type. */
function specialFault(value: Json, schema: Schema, own: Schema): string | undefined {
  if (own.format === "int-or-string") return "";
  if (schema.$ref === "resource/Quantity") {
    if (typeof value === "number") return "";
    if (typeof value !== "string")
      return `json: cannot unmarshal ${jsonType(value)} into Go value of type string`;
    return isQuantity(value) ? "" : quantityForm;
  }
  if (own.format === "date-time" && typeof value === "string") {
    if (!Number.isNaN(Date.parse(value))) return "";
    return `parsing time ${JSON.stringify(value)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(value)} as "2006"`;
  }
  return undefined;
}

function fits(value: Json, type: string): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "array") return isList(value);
  if (type === "object") return isRecord(value);
  return typeof value === type;
}

/** A value's type as Go's decoder names it. */
function jsonType(value: Json): string {
  if (isList(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "number" : `number ${value}`;
  return typeof value === "boolean" ? "bool" : typeof value;
}

/** The Go type of a field, as far as the schema tells it (its own names of text types are not there). */
function goType(schema: Schema): string {
  if (schema.$ref !== undefined) {
    const [file = "", name = ""] = schema.$ref.split("/");
    return `${file.split(".").at(-1)}.${name}`;
  }
  const { type, format, items } = schema;
  if (type === "array") return `[]${goType(items ?? {})}`;
  if (type === "object") return `map[string]${goType(valuesOf(schema) ?? { type: "string" })}`;
  if (type === "integer") return format ?? "int64";
  if (type === "number") return "float64";
  return type === "boolean" ? "bool" : "string";
}
