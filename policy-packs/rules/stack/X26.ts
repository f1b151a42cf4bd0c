/** The planned policies of every cluster of the mesh against the declared calls. */
import { readMeshIntent } from "../../../model/mesh/read-intent.ts";
import type { MeshDifference } from "../../../model/mesh/verify.ts";
import { verifyMesh } from "../../../model/mesh/verify.ts";
import type { Judge, Rule } from "../../../model/policy/rule.ts";
import type { PlannedResource } from "../../../model/policy/view.ts";
import type { LiftedMesh } from "../../lift/mesh.ts";
import { liftMeshCluster } from "../../lift/mesh.ts";
import { carriedIntent } from "../shared/carried-intent.ts";
import { meshExamples, meshType } from "../shared/mesh-examples.ts";

export const X26: Rule = {
  id: "X26",
  sentence: "The planned mesh policies let through exactly the declared calls.",
  why: "A call that nobody declared is a way from one workload that was taken over to the next.",
  severity: "critical",
  tenets: ["T2", "T4", "T6"],
  controls: ["AC-3", "AC-4", "CA-7"],
  fix: "Delete or mend the policy that decides, or declare the call with its reason in the intent.",
  subjects: [meshType],
  needs: "plan",
  check: (subject, judge, plan) => {
    const intent = carriedIntent(subject, readMeshIntent);
    for (const cluster of intent.clusters) {
      judge.part(() => {
        const lifted = liftMeshCluster(subject, intent.trustDomain, cluster, plan);
        const verdict = verifyMesh(intent, cluster, lifted.policies);
        for (const unknown of lifted.unknowns) judge.open(unknown);
        for (const { origin, path } of verdict.unknowns) {
          judge.open({ urn: lifted.resourceOf(origin)?.urn ?? subject.urn, path });
        }
        for (const difference of verdict.differences) {
          report(judge, subject, lifted, cluster.name, difference);
        }
      });
    }
  },
  examples: meshExamples,
};

const says: Record<MeshDifference["kind"], string> = {
  extra: "is let through but not declared",
  missing: "is declared but refused",
  plaintext: "is taken without mutual TLS",
  undecided: "cannot be decided",
};

function report(
  judge: Judge,
  subject: PlannedResource,
  lifted: LiftedMesh,
  cluster: string,
  difference: MeshDifference,
): void {
  const { kind, from, to, ports, decision } = difference;
  const policy = lifted.resourceOf(decision.decidedBy);
  const at =
    policy === undefined
      ? { urn: subject.urn, path: "intent.calls" }
      : { urn: policy.urn, path: "spec" };
  if (!isSettled(kind, lifted)) {
    judge.open(at);
    return;
  }
  const what = `cluster ${cluster}: ${from} → ${to} port ${ports.join(", ")}`;
  judge.fail(at, `${what} ${says[kind]}: decided by ${decision.decidedBy}`);
}

/**
 * Transport is settled by PeerAuthentications alone. A call may still be denied, or come to be
 * allowed, by any policy that is not known yet.
 */
function isSettled(kind: MeshDifference["kind"], lifted: LiftedMesh): boolean {
  if (kind === "undecided") return false;
  return kind === "plaintext"
    ? !lifted.mayLack("PeerAuthentication")
    : lifted.unknowns.length === 0;
}
