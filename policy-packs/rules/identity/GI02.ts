/** A workload identity condition that strangers to the repository satisfy. */
import { githubIssuer } from "../../../model/identity/github.ts";
import type { GcpTrust } from "../../../model/identity/trust.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { entriesOf } from "../../lift/entries.ts";
import { alone } from "../shared/alone.ts";
import { tryOutsiders } from "../shared/outsiders.ts";

const type = "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider";
const pool = "projects/1/locations/global/workloadIdentityPools/pool";
const audience = `https://iam.googleapis.com/${pool}/providers/provider`;

export const GI02: Rule = {
  id: "GI02",
  sentence: "A workload identity provider of GitHub admits one owner's repositories, by id.",
  why: "A condition on the issuer or on the beginning of a name is true for accounts that anybody can register.",
  severity: "critical",
  tenets: ["T6"],
  controls: ["AC-3", "AC-6", "IA-8"],
  fix: "Compare assertion.repository_owner_id or assertion.repository_id with == in attributeCondition.",
  subjects: [type],
  needs: "resource",
  check: (subject, judge) => {
    const condition = subject.inputs.at("attributeCondition");
    const text = condition.text()?.trim() ?? "";
    const issuer = subject.inputs.at("oidc", "issuerUri").text();
    // Without a condition it is GI01's; other issuers have other tokens.
    if (issuer !== githubIssuer) return judge.notApplicable("the issuer is not GitHub");
    if (text === "" || text === "true") return judge.notApplicable("there is no condition");
    const verdict = tryOutsiders(trustOf(subject, text), wordsOf(text), audience);
    if (verdict.state === "admitted" && !sameOwner(verdict.witness, text)) {
      judge.fail(condition, verdict.witness);
    }
    if (verdict.state === "undecided") {
      throw new Undecided(condition.urn, condition.path, "unreadable");
    }
  },
  examples: [
    {
      kind: "violating",
      says: "the beginning of a name",
      expect: "fail",
      resources: provider("assertion.repository.startsWith('acme')"),
      path: "attributeCondition",
      witness: "acme-evil",
    },
    {
      kind: "violating",
      says: "nothing but the issuer",
      expect: "fail",
      resources: provider(`assertion.iss == '${githubIssuer}'`),
      witness: "mallory",
    },
    {
      kind: "clean",
      says: "owner and repository by id",
      expect: "pass",
      resources: provider("assertion.repository_owner_id == '1' && assertion.repository_id == '2'"),
    },
    {
      kind: "unknown",
      says: "the condition is not known",
      expect: "unknown",
      resources: provider(unknownHere),
      path: "attributeCondition",
    },
    {
      kind: "absent",
      says: "no condition is another rule's finding",
      expect: "not-applicable",
      resources: alone(type, { oidc: { issuerUri: githubIssuer } }),
    },
  ],
};

function trustOf(subject: PlannedResource, attributeCondition: string): GcpTrust {
  const mapping = subject.inputs.at("attributeMapping");
  const { keys } = { keys: mapping.keys() };
  return {
    cloud: "gcp",
    issuer: githubIssuer,
    allowedAudiences: entriesOf(subject.inputs.at("oidc", "allowedAudiences")).map(
      (view) => view.text() ?? "",
    ),
    attributeMapping: Object.fromEntries(keys.map((key) => [key, mapping.at(key).text() ?? ""])),
    attributeCondition,
    pool,
    provider: "provider",
    member: `principalSet://iam.googleapis.com/${pool}/*`,
  };
}

/** Owner and repository as a subject would write them, from the texts of the condition. */
function wordsOf(condition: string): string[] {
  return [...condition.matchAll(/'([^']*)'|"([^"]*)"/g)].map((match) => {
    const text = match[1] ?? match[2] ?? "";
    return /^[A-Za-z][\w.-]*(\/[\w.-]*)?$/.test(text) ? `repo:${text}` : text;
  });
}

/** A whole owner is what the rule asks for; that owner's other repositories are meant. */
function sameOwner(witness: string, condition: string): boolean {
  const owner = /repository_owner_id=(\d+)/.exec(witness)?.[1];
  return owner !== undefined && condition.includes(`'${owner}'`);
}

function provider(attributeCondition: string) {
  return alone(type, {
    oidc: { issuerUri: githubIssuer },
    attributeMapping: { "google.subject": "assertion.sub" },
    attributeCondition,
  });
}
