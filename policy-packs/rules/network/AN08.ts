/** Wide public blocks in AWS rules, by which "not everywhere" is nearly everywhere. */
import { tryParseCidr } from "../../../model/base/address.ts";
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Plan, View } from "../../../model/policy/view.ts";
import { awsTypes } from "../../lift/aws/types.ts";
import { awsIngressWriters, awsRulesOf, awsRuleTypes } from "../../lift/aws-rules.ts";
import { entriesOf } from "../../lift/entries.ts";
import { iso } from "../shared/benchmarks.ts";
import { referring } from "../shared/log-stores.ts";
import type { Relation } from "../shared/refers-to.ts";
import { sureReferrersOf } from "../shared/refers-to.ts";

/** Longest prefix that still counts as wide, by family. */
const widePrefixBits = { 4: 8, 6: 16 } as const;

/** First octets of blocks that nobody routes on the internet: 10.0.0.0/8 and loopback. */
const privateBlocks4: readonly bigint[] = [10n << 24n, 127n << 24n];

const entries: Relation = {
  from: [awsTypes.prefixListEntry],
  to: awsTypes.prefixList,
  properties: ({ inputs }) => [inputs.at("prefixListId")],
};

export const AN08: Rule = {
  id: "AN08",
  sentence:
    "No group lets in a public block as wide as a /8, or everywhere cut into parts, itself or by a prefix list.",
  why: "The two halves 0.0.0.0/1 and 128.0.0.0/1 are everywhere, and pass every check that looks for 0.0.0.0/0.",
  severity: "high",
  tenets: ["T2"],
  controls: ["SC-7", "AC-4"],
  frameworks: [
    iso("aws", "A.8.20", "ec2_securitygroup_allow_wide_open_public_ipv4"),
    iso("aws", "A.8.22", "ec2_securitygroup_allow_wide_open_public_ipv4"),
  ],
  fix: "Name the prefixes that really call, or the segment they belong to.",
  subjects: awsIngressWriters,
  needs: "plan",
  check: (subject, judge, plan) => {
    for (const { read } of awsRulesOf(subject)) {
      judge.part(() => {
        const rule = read();
        if (rule.direction !== "in") return;
        for (const peer of rule.peers.filter(({ at }) => isPrefixList(at))) {
          judge.part(() => {
            const wide = listed(peer.at, plan).find((text) => isWide(text) || isEverybody(text));
            if (wide !== undefined) judge.fail(peer.at, `the list lets ${wide} in`);
          });
        }
        for (const peer of rule.peers.filter(({ kind }) => kind === "addresses")) {
          judge.part(() => {
            const text = peer.at.text() ?? "";
            if (!isWide(text)) return;
            judge.fail(
              peer.at,
              `${text.split("/")[0]} and every other address of ${text} is let in`,
            );
          });
        }
      });
    }
  },
  examples: [
    {
      kind: "violating",
      says: "half of all addresses",
      expect: "fail",
      resources: [rule({ cidrIpv4: "128.0.0.0/1" })],
      path: "cidrIpv4",
      witness: "128.0.0.0/1",
    },
    {
      kind: "violating",
      says: "a list that holds everywhere",
      expect: "fail",
      resources: [
        referringRule(),
        { type: awsTypes.prefixList, name: "list", props: { entries: [{ cidr: "0.0.0.0/0" }] } },
      ],
      path: "prefixListId",
      witness: "0.0.0.0/0",
    },
    {
      kind: "violating",
      says: "a list to which half of all addresses are added",
      expect: "fail",
      resources: [
        referringRule(),
        { type: awsTypes.prefixList, name: "list", props: {} },
        referring(awsTypes.prefixListEntry, "entry", "prefixListId", "list", {
          cidr: "128.0.0.0/1",
        }),
      ],
      path: "prefixListId",
    },
    {
      kind: "clean",
      says: "a list of an office",
      expect: "pass",
      resources: [
        referringRule(),
        {
          type: awsTypes.prefixList,
          name: "list",
          props: { entries: [{ cidr: "203.0.113.0/24" }] },
        },
      ],
    },
    {
      kind: "clean",
      says: "a private /8",
      expect: "pass",
      resources: [rule({ cidrIpv4: "10.0.0.0/8" })],
    },
    {
      kind: "clean",
      says: "everywhere is for other rules",
      expect: "pass",
      resources: [rule({ cidrIpv4: "0.0.0.0/0" })],
    },
    {
      kind: "unknown",
      says: "the prefix is not known",
      expect: "unknown",
      resources: [rule({ cidrIpv6: unknownHere })],
      path: "cidrIpv6",
    },
    {
      kind: "absent",
      says: "a group instead of a prefix",
      expect: "pass",
      resources: [rule({ referencedSecurityGroupId: "sg-2" })],
    },
  ],
};

function isPrefixList(at: View): boolean {
  return /prefixListId/.test(at.path);
}

/** The blocks of a planned list; one that is not planned is AWS's, or somebody else's to see. */
function listed(at: View, plan: Plan): readonly string[] {
  const list = plan.follow(at, awsTypes.prefixList);
  if (list.state !== "resource") return [];
  return [
    ...entriesOf(list.resource.inputs.at("entries")).map((entry) => entry.at("cidr")),
    ...sureReferrersOf(plan, list.resource, entries).map(({ inputs }) => inputs.at("cidr")),
  ].map((cidr) => cidr.text() ?? "");
}

function isEverybody(text: string): boolean {
  return tryParseCidr(text)?.length === 0;
}

function isWide(text: string): boolean {
  const cidr = tryParseCidr(text);
  if (cidr === undefined || cidr.length === 0) return false;
  if (cidr.length > widePrefixBits[cidr.family]) return false;
  return cidr.family === 6 || !privateBlocks4.includes(cidr.base);
}

function rule(props: { [key: string]: string }) {
  const tcp = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };
  return { type: awsRuleTypes.ingress, name: "web", props: { ...tcp, ...props } };
}

function referringRule() {
  const tcp = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };
  return referring(awsRuleTypes.ingress, "web", "prefixListId", "list", tcp);
}
