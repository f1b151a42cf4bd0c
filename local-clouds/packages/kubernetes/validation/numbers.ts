/** Numbers, counts, percentages and ports. */

import type { Json } from "../../../protocol/value.ts";
import type { Faults } from "../api/faults.ts";
import { portName, portNumber } from "../api/names.ts";
import { at } from "../api/read.ts";

/** Fields that must not be negative. */
export function checkNotNegative(
  faults: Faults,
  field: string,
  object: Json | undefined,
  keys: readonly string[],
): void {
  for (const key of keys) {
    const value = at(object, key);
    if (typeof value === "number" && value < 0) {
      faults.invalid(`${field}.${key}`, value, "must be greater than or equal to 0");
    }
  }
}

/** A port by number or by name. */
export function checkPort(faults: Faults, field: string, port: Json | undefined): void {
  if (typeof port === "number") faults.invalidFor(field, port, portNumber(port));
  else if (typeof port === "string") faults.invalidFor(field, port, portName(port));
}

/** A count or a percentage of at most 100. */
export function checkCountOrPercent(faults: Faults, field: string, value: Json | undefined): void {
  if (typeof value === "number" && value < 0) {
    faults.invalid(field, value, "must be greater than or equal to 0");
  }
  if (typeof value !== "string") return;
  if (!/^[0-9]+%$/.test(value)) {
    faults.invalid(
      field,
      value,
      "a valid percent string must be a numeric string followed by an ending '%' " +
        "(e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
    );
  } else if (Number.parseInt(value, 10) > 100) {
    faults.invalid(field, value, "must not be greater than 100%");
  }
}
