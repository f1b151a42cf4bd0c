/** Inputs that older majors of a provider called otherwise, as their recordings still do. */

import { isObject, type JsonObject } from "../protocol/value.ts";
import { type Exchange, objectOf } from "./recording.ts";

/**
 * Old name to new, by token: `name` of a database became `dbName` with version 6 of the AWS
 * provider (its upgrade guide, "aws_db_instance").
 */
const retired: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ["aws:rds/instance:Instance", new Map([["name", "dbName"]])],
]);

/** The exchange in today's words: a renamed input under its new name, asked and answered. */
export function inTodaysWords(exchange: Exchange): Exchange {
  const names = retired.get(exchange.type);
  if (names === undefined) return exchange;
  const { request, response } = exchange;
  const renamed = (message: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(message).map(([field, value]) => [
        field,
        isObject(value) ? rename(objectOf(value), names) : value,
      ]),
    );
  return {
    ...exchange,
    request: renamed(request),
    response: response === undefined ? undefined : renamed(response),
  };
}

/** What stands under both names, as outputs of the years between do, is told once. */
function rename(properties: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]) => [names.get(key) ?? key, value]),
  );
}
