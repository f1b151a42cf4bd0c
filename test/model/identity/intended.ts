/** Identities that the truth table's trusts are meant for. */
import type { Exposure, Intended } from "../../../model/identity/adversaries.ts";
import type { Trust } from "../../../model/identity/trust.ts";
import { gcpAudience, main, meantFor, named, production } from "./trusts.ts";

/** `dead`: passes, because nobody gets in, the intended job included. */
export type Expected = Exposure | "pass" | "dead" | "unknown";

export const aws = "sts.amazonaws.com";
export const onMain = meantFor(named(main), aws);
export const onMainById = meantFor(main, aws);
export const inProduction = meantFor(production, aws);
export const azure = meantFor(production, "api://AzureADTokenExchange");
export const gcp = meantFor(production, gcpAudience);
export const gcpNamed = meantFor(named(main), gcpAudience);

export const immutable = "repo:acme@1/api@2:environment:production";

export type Row = readonly [string, Trust, Intended, Expected];
