/** What Cloud Run and Cloud Functions share: accounts and addresses. */

import type { Resource } from "../../../types/resource.ts";
import type { Reference } from "../../../types/type.ts";
import { badRequest, projectNumber } from "./common.ts";

/** The account that runs what names none (Compute Engine default service account). */
export function usualAccount(r: Resource): string {
  return `${projectNumber(r.account)}-compute@developer.gserviceaccount.com`;
}

/** The address of a service: deterministic by name, project number and region (Cloud Run, "URLs"). */
export function runUrl(r: Resource): string {
  return `https://${r.text("name")}-${r.hex("url", 10)}-${short(r.text("location"))}.a.run.app`;
}

function short(location: string): string {
  const [area = "", where = ""] = location.split("-");
  return `${area.slice(0, 1)}${where.slice(0, 1)}`;
}

/** An account of this project must be there; those that Google makes always are. */
export function toAccount(at: string): Reference {
  return {
    at,
    to: "gcp:serviceaccount/account:Account",
    by: ["email", "id"],
    within: "world",
    unless: (value, r) => !value.includes(`@${r.account}.iam.`),
    missing: badRequest("Service account {value} does not exist."),
  };
}
