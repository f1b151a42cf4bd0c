/**
 * What is wrong with an object, in the words of the API server's field errors
 * (kubernetes/apimachinery, `pkg/util/validation/field`).
 */

import type { Json } from "../../../protocol/value.ts";

/** Collects everything wrong with one object; a fault found twice is told once. */
export class Faults {
  private readonly found = new Set<string>();
  /** Whether the object's form is wrong, so that rules about its content say nothing. */
  blocking = false;

  /** All faults in the order in which they were found. */
  get all(): readonly string[] {
    return [...this.found];
  }

  /** A value that no rule allows. */
  invalid(field: string, value: Json | undefined, detail: string): void {
    this.add(field, `Invalid value: ${shown(value)}`, detail);
  }

  /** {@link invalid}, once for each rule that a value breaks. */
  invalidFor(field: string, value: Json, details: readonly string[]): void {
    for (const detail of details) this.invalid(field, value, detail);
  }

  /** A value that is missing. */
  required(field: string, detail = ""): void {
    this.blocking = true;
    this.add(field, "Required value", detail);
  }

  /** A value outside of a list. */
  unsupported(field: string, value: Json | undefined, allowed: readonly string[]): void {
    this.blocking = true;
    const list = allowed.map((one) => JSON.stringify(one)).join(", ");
    this.add(field, `Unsupported value: ${shown(value)}`, `supported values: ${list}`);
  }

  /** A value that something else rules out. */
  forbidden(field: string, detail: string): void {
    this.add(field, "Forbidden", detail);
  }

  /** A value that another one of the list has already. */
  duplicate(field: string, value: Json): void {
    this.add(field, `Duplicate value: ${shown(value)}`, "");
  }

  /** A name of something that is not in the object. */
  notFound(field: string, value: Json): void {
    this.add(field, `Not found: ${shown(value)}`, "");
  }

  /** A text of more than `bytesMax` bytes. */
  tooLong(field: string, bytesMax: number): void {
    this.blocking = true;
    this.add(field, "Too long", `may not be more than ${bytesMax} bytes`);
  }

  /** A list of more than `itemsMax` items. */
  tooMany(field: string, count: number, itemsMax: number): void {
    this.blocking = true;
    this.add(
      field,
      `Too many: ${count}`,
      `must have at most ${itemsMax} ${itemsMax === 1 ? "item" : "items"}`,
    );
  }

  /** A value of another type than the schema's. */
  wrongType(field: string, got: string, wanted: string): void {
    this.blocking = true;
    this.invalid(field, got, `${field} in body must be of type ${wanted}: ${JSON.stringify(got)}`);
  }

  /** A text that is not of the schema's format. */
  wrongFormat(field: string, value: string, format: string): void {
    this.blocking = true;
    const detail = `${field} in body must be of type ${format}: ${JSON.stringify(value)}`;
    this.invalid(field, value, detail);
  }

  /** Everything that another judgement found. */
  take(other: Faults): void {
    for (const fault of other.found) this.found.add(fault);
    this.blocking ||= other.blocking;
  }

  /** A sentence about a field in its whole. */
  add(field: string, what: string, detail: string): void {
    this.found.add(detail === "" ? `${field}: ${what}` : `${field}: ${what}: ${detail}`);
  }
}

/** A value as the server prints it in a fault. */
function shown(value: Json | undefined): string {
  return value === undefined ? "null" : JSON.stringify(value);
}
