/** Rules of AWS security groups that no resource of a state made. */
import { formatCidr, tryParseCidr } from "../../../model/base/address.ts";
import type { RawResource } from "../../../policy-packs/kit/plan.ts";
import { awsRuleTypes } from "../../../policy-packs/lift/aws-rules.ts";
import type { Fields } from "./fields.ts";
import { entries, fields, foundRule, text, texts } from "./fields.ts";

/** One protocol, one range of ports and one peer, as a rule of its own writes them. */
type Atom = Fields & { readonly type: string };

const directions = [
  ["ingress", awsRuleTypes.ingress],
  ["egress", awsRuleTypes.egress],
] as const;

/** A group whose rules stand beside it lists all of them, its own or not, among its outputs. */
export function awsFound(resources: readonly RawResource[]): RawResource[] {
  const groups = resources.filter(({ type }) => type === awsRuleTypes.group);
  const written = new Map<unknown, Set<string>>();
  for (const { id, atom } of resources.flatMap(writtenAtoms)) {
    written.set(id, (written.get(id) ?? new Set()).add(keyOf(atom)));
  }
  return groups.flatMap((group) => {
    const outputs = fields(group.outputs);
    const id = outputs["id"];
    const found = directions.flatMap(([property, type]) => {
      // Rules that the program wrote into the group take all others away.
      if (fields(group.inputs)[property] !== undefined) return [];
      return entries(outputs[property]).flatMap((entry) => atomsOf(entry, type, id));
    });
    return found
      .filter((atom) => written.get(id)?.has(keyOf(atom)) !== true)
      .map(({ type, ...inputs }, index) =>
        foundRule(group, type, index + 1, { securityGroupId: id, ...inputs }),
      );
  });
}

/** What a rule beside its group asks for. */
function writtenAtoms({ type, inputs }: RawResource): { id: unknown; atom: Atom }[] {
  const asked = fields(inputs);
  const id = asked["securityGroupId"];
  if (type === awsRuleTypes.ingress || type === awsRuleTypes.egress) {
    return [{ id, atom: { type, ...asked } }];
  }
  if (type !== awsRuleTypes.rule) return [];
  const kind = asked["type"] === "egress" ? awsRuleTypes.egress : awsRuleTypes.ingress;
  const source = text(asked["sourceSecurityGroupId"]);
  const entry = { ...asked, securityGroups: source === undefined ? [] : [source] };
  return atomsOf(entry, kind, id).map((atom) => ({ id, atom }));
}

/** An entry of a group's list, peer by peer. */
function atomsOf(entry: Fields, type: string, group: unknown): Atom[] {
  const { protocol, fromPort, toPort } = entry;
  const peers = [
    ...texts(entry["cidrBlocks"]).map((cidrIpv4) => ({ cidrIpv4 })),
    ...texts(entry["ipv6CidrBlocks"]).map((cidrIpv6) => ({ cidrIpv6 })),
    ...texts(entry["prefixListIds"]).map((prefixListId) => ({ prefixListId })),
    ...texts(entry["securityGroups"]).map((one) => ({ referencedSecurityGroupId: one })),
    ...(entry["self"] === true ? [{ referencedSecurityGroupId: group }] : []),
  ];
  return peers.map((peer) => ({ type, ipProtocol: protocol, fromPort, toPort, ...peer }));
}

const protocolNames: ReadonlyMap<string, string> = new Map([
  ["1", "icmp"],
  ["6", "tcp"],
  ["17", "udp"],
  ["58", "icmpv6"],
  ["all", "-1"],
]);
const ported: readonly string[] = ["icmp", "tcp", "udp", "icmpv6"];

/** The same text for rules that mean the same, however they are written. */
function keyOf(atom: Atom): string {
  const word = String(atom["ipProtocol"] ?? "").toLowerCase();
  const protocol = protocolNames.get(word) ?? word;
  const ports = ported.includes(protocol) ? [atom["fromPort"] ?? -1, atom["toPort"] ?? -1] : [];
  const prefix = tryParseCidr(text(atom["cidrIpv4"]) ?? text(atom["cidrIpv6"]) ?? "");
  // A group of another account is written with it: `123456789012/sg-1`.
  const group = text(atom["referencedSecurityGroupId"])?.replace(/^.*\//, "");
  const peer = prefix === undefined ? (group ?? atom["prefixListId"]) : formatCidr(prefix);
  return JSON.stringify([atom.type, protocol, ports.map(Number), peer ?? null]);
}
