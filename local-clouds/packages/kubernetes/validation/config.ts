/** ConfigMap, Secret and ServiceAccount (kubernetes, `pkg/apis/core/validation`). */

import type { JsonObject } from "../../../protocol/value.ts";
import type { Faults } from "../api/faults.ts";
import { configKey } from "../api/names.ts";
import { at, objectAt, textAt } from "../api/read.ts";

/** All values of a ConfigMap or Secret together, in bytes. */
const dataBytesMax = 1_048_576;

/** Keys that a Secret of a type must have. */
const demanded: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
  "kubernetes.io/ssh-auth": ["ssh-privatekey"],
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
  "kubernetes.io/dockercfg": [".dockercfg"],
};

/** What is wrong with a ConfigMap. */
export function checkConfigMap(
  faults: Faults,
  object: JsonObject,
  before: JsonObject | undefined,
): void {
  const [data, binary] = [objectAt(object, "data"), objectAt(object, "binaryData")];
  for (const key of Object.keys(data)) {
    faults.invalidFor(`data[${key}]`, key, configKey(key));
    if (key in binary)
      faults.invalid(`data[${key}]`, key, "duplicate of key present in binaryData");
  }
  for (const key of Object.keys(binary)) {
    faults.invalidFor(`binaryData[${key}]`, key, configKey(key));
  }
  if (bytesOf(data) + bytesOf(binary) > dataBytesMax) faults.tooLong("", dataBytesMax);
  if (at(before, "immutable") === true) {
    const same = (key: string) =>
      JSON.stringify(at(before, key) ?? {}) === JSON.stringify(at(object, key) ?? {});
    if (at(object, "immutable") !== true)
      faults.forbidden("immutable", "field is immutable when `immutable` is set");
    for (const key of ["data", "binaryData"]) {
      if (!same(key)) faults.forbidden(key, "field is immutable when `immutable` is set");
    }
  }
}

/** What is wrong with a Secret. */
export function checkSecret(
  faults: Faults,
  object: JsonObject,
  before: JsonObject | undefined,
): void {
  const data = { ...objectAt(object, "data"), ...objectAt(object, "stringData") };
  for (const key of Object.keys(data)) faults.invalidFor(`data[${key}]`, key, configKey(key));
  if (bytesOf(data) > dataBytesMax) faults.tooLong("data", dataBytesMax);
  const type = textAt(object, "type") || "Opaque";
  for (const key of demanded[type] ?? []) {
    if (!(key in data)) faults.required(`data[${key}]`);
  }
  const account = "kubernetes.io/service-account.name";
  if (
    type === "kubernetes.io/service-account-token" &&
    textAt(object, "metadata", "annotations", account) === ""
  ) {
    faults.required(`metadata.annotations[${account}]`);
  }
  if (type === "kubernetes.io/basic-auth" && !("username" in data) && !("password" in data)) {
    faults.required("data[username]");
    faults.required("data[password]");
  }
  const old = textAt(before, "type");
  if (old !== "" && old !== type) faults.invalid("type", type, "field is immutable");
  if (at(before, "immutable") === true && at(object, "immutable") !== true) {
    faults.forbidden("immutable", "field is immutable when `immutable` is set");
  }
}

function bytesOf(data: JsonObject): number {
  return Object.values(data).reduce<number>((sum, one) => sum + Buffer.byteLength(String(one)), 0);
}
