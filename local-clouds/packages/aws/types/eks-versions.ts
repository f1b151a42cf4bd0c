/** Kubernetes versions as EKS counts them (Amazon EKS user guide, "Kubernetes versions"). */

import type { Resource } from "../../../types/resource.ts";
import type { ServiceError } from "../../../types/type.ts";

/** The version of a cluster that asks for none. */
export const defaultVersion = "1.34";

/** The oldest minor version that can still be asked for. */
const minorMin = 31;

/** The service's refusal of a version: unknown, older than now, or more than one minor version ahead. */
export function refuseVersion(r: Resource): ServiceError | undefined {
  const wanted = r.text("version", defaultVersion);
  const minor = minorOf(wanted);
  if (minor === undefined || minor < minorMin) {
    return { code: "InvalidParameterException", says: `unsupported Kubernetes version ${wanted}` };
  }
  const current = r.before?.["version"];
  const before = typeof current === "string" ? minorOf(current) : undefined;
  if (before === undefined || minor === before || minor === before + 1) return undefined;
  return {
    code: "InvalidParameterException",
    says: `Unsupported Kubernetes minor version update from ${String(current)} to ${wanted}`,
  };
}

function minorOf(version: string): number | undefined {
  const match = /^1\.(\d+)$/.exec(version);
  return match === null ? undefined : Number(match[1]);
}
