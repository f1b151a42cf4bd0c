/** Which hierarchical firewall policies are for a network: those of its organisation and folders. */
import type { Condition } from "../../../model/network/topology.ts";
import type { Plan, PlannedResource, View } from "../../../model/policy/view.ts";
import { Undecided } from "../../../model/policy/view.ts";
import { settle, unknownCondition } from "../uncertain.ts";
import type { GcpNetwork } from "./networks.ts";
import { gcpTypes } from "./types.ts";

/** A policy that is, or may be, for a network. */
export interface Inherited {
  /** Reference to the policy. */
  readonly policy: View;
  readonly conditions: readonly Condition[];
}

/** Deeper folders do not exist ("Resource hierarchy"). */
const foldersMax = 10;

/**
 * The associations above a network, the organisation's first, then folder by folder. Where the
 * project's place is not known, each association may be above it.
 */
export function inheritedPolicies(plan: Plan, network: GcpNetwork): Inherited[] {
  const associations = plan.ofType(gcpTypes.hierarchicalAssociation);
  if (associations.length === 0) return [];
  const chain = settle(() => ancestorsOf(plan, network));
  const all = associations.flatMap(({ urn, inputs }) => {
    const target = inputs.at("attachmentTarget");
    const id = settle(() => targetOf(plan, target));
    const policy = inputs.at("firewallPolicy");
    if (id instanceof Undecided) return [{ rank: 0, policy, conditions: [unknownCondition(id)] }];
    if (chain instanceof Undecided) {
      const place = unknownCondition({ urn, path: target.path });
      return [{ rank: id.startsWith("organizations/") ? 0 : 1, policy, conditions: [place] }];
    }
    const rank = chain.indexOf(id);
    return rank < 0 ? [] : [{ rank, policy, conditions: [] }];
  });
  return all
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ policy, conditions }) => ({ policy, conditions }));
}

/** `organizations/…` or the URN or `folders/…` of a folder. */
function targetOf(plan: Plan, target: View): string {
  const found = plan.follow(target, gcpTypes.folder);
  if (found.state === "absent") throw new Undecided(target.urn, target.path, "unreadable");
  return found.state === "resource" ? found.resource.urn : found.value;
}

/** The organisation and the folders above the network's project, from the top. */
function ancestorsOf(plan: Plan, { resource, id }: GcpNetwork): string[] {
  const property = resource?.inputs.at("project");
  if (property === undefined) throw new Undecided(id, "project", "unknown");
  const found = plan.follow(property, gcpTypes.project);
  if (found.state !== "resource") throw new Undecided(property.urn, "project", "unknown");
  const chain: string[] = [];
  let at: PlannedResource | undefined = found.resource;
  for (let depth = 0; at !== undefined && depth <= foldersMax; depth++) {
    const { inputs }: PlannedResource = at;
    const organisation = inputs.at("orgId");
    if (organisation.state !== "absent") {
      return [`organizations/${organisation.text()?.replace(/^organizations\//, "")}`, ...chain];
    }
    const parent: View = inputs.at(at.type === gcpTypes.project ? "folderId" : "parent");
    if (parent.state === "known" && parent.text()?.startsWith("organizations/") === true) {
      return [parent.text() ?? "", ...chain];
    }
    const folder = plan.follow(parent, gcpTypes.folder);
    if (folder.state !== "resource") throw new Undecided(parent.urn, parent.path, "unknown");
    chain.unshift(folder.resource.urn);
    at = folder.resource;
  }
  throw new Undecided(property.urn, "project", "unreadable");
}
