/**
 * Where a recording's AWS provider worked when its configuration does not say so: the environment of
 * the recording machine named the region and the credentials. The local clouds read no environment,
 * so a replay configures what the recorded answers show.
 */

import type { JsonObject } from "../protocol/value.ts";
import { textsIn } from "./compare.ts";
import type { Exchange } from "./recording.ts";

/** Region and account in an ARN (AWS General Reference, ARN format). */
const arnPattern = /^arn:aws[\w-]*:[\w-]+:([a-z0-9-]*):(\d{12}):/;

const regionPattern = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** The configuration that the recorded ARNs show: region and account that are named most often. */
export function surroundingsOf(exchanges: readonly Exchange[]): JsonObject {
  const regions = new Map<string, number>();
  const accounts = new Map<string, number>();
  for (const { request, response } of exchanges) {
    for (const text of textsIn([request, response ?? {}])) {
      const [, region, account] = arnPattern.exec(text) ?? [];
      count(regions, regionPattern.test(text) ? text : region);
      count(accounts, account);
    }
  }
  const [region, account] = [mostOf(regions), mostOf(accounts)];
  return {
    ...(region === undefined ? {} : { region }),
    ...(account === undefined ? {} : { allowedAccountIds: [account] }),
  };
}

function count(counts: Map<string, number>, key: string | undefined): void {
  if (key !== undefined && key !== "") counts.set(key, (counts.get(key) ?? 0) + 1);
}

function mostOf(counts: ReadonlyMap<string, number>): string | undefined {
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
