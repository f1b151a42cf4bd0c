/**
 * What a recorder blackened. Recorders write a text over every secret value, whatever it was; where an
 * asset must stand a text would be refused, so there an empty asset stands for it.
 */

import { isList, isObject, type Json, type JsonObject } from "../protocol/value.ts";
import { isSecret, secretValue, signatureKey } from "../protocol/wire.ts";
import { shapeOf } from "../shapes/load.ts";
import { inputAt, type Shape } from "../shapes/shape.ts";
import type { Exchange } from "./recording.ts";

/** What recorders write (`pulumi/providertest:grpclog`, SanitizeSecrets). */
const blackened = "REDACTED BY PROVIDERTEST";

const assetSignature = "c44067f5952c0a294b673a41bacd8c17";

const emptyAsset: JsonObject = { [signatureKey]: assetSignature, text: "" };

/** The exchange with assets in the place of blackened ones, asked and answered. */
export function withAssets(exchange: Exchange): Exchange {
  const shape = shapeOf(exchange.type);
  if (shape === undefined) return exchange;
  const { request, response } = exchange;
  return {
    ...exchange,
    request: message(request, shape),
    response: response === undefined ? undefined : message(response, shape),
  };
}

function message(fields: JsonObject, shape: Shape): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [field, restored(value, [], shape)]),
  );
}

function restored(value: Json, at: readonly (string | number)[], shape: Shape): Json {
  if (isSecret(value)) {
    const lost = secretValue(value) === blackened && inputAt(shape, at)?.kind === "asset";
    return lost ? { ...(value as JsonObject), value: emptyAsset } : value;
  }
  if (isList(value)) return value.map((item, i) => restored(item as Json, [...at, i], shape));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, restored(item as Json, [...at, key], shape)]),
  );
}
