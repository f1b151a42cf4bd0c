/** Amazon EMR Management Guide, "Use Kerberos for authentication": without it Hadoop believes the name that a client gives. */
import type { Rule } from "../../../model/policy/rule.ts";
import { unknownHere } from "../../../model/policy/rule.ts";
import type { Plan, View } from "../../../model/policy/view.ts";
import { alone } from "../shared/alone.ts";

const cluster = "aws:emr/cluster:Cluster";
const configuration = "aws:emr/securityConfiguration:SecurityConfiguration";
const roles = { IAMConfiguration: { EnableApplicationScopedIAMRole: true } };

export const AI63: Rule = {
  id: "AI63",
  sentence: "A cluster of EMR asks its users who they are.",
  why: "Whoever reaches the cluster writes another user's name into his request, and reads and runs what that one may.",
  severity: "medium",
  tenets: ["T6"],
  controls: ["IA-2", "IA-9", "AC-3"],
  fix: "Set kerberosAttributes, or a securityConfiguration with roles of the steps' own (EnableApplicationScopedIAMRole).",
  subjects: [cluster],
  needs: "plan",
  check: ({ inputs }, judge, plan) => {
    const realm = inputs.at("kerberosAttributes", "realm");
    if ((realm.text() ?? "") !== "") return;
    const asks = asksIn(plan, inputs.at("securityConfiguration"));
    if (asks === "elsewhere")
      return judge.notApplicable("its security configuration is not planned");
    if (!asks) judge.fail(realm, "a job with HADOOP_USER_NAME of somebody else");
  },
  examples: [
    {
      kind: "violating",
      says: "no realm",
      expect: "fail",
      resources: alone(cluster, { name: "app", kerberosAttributes: { realm: "" } }),
      path: "kerberosAttributes.realm",
    },
    {
      kind: "violating",
      says: "a configuration that asks nobody",
      expect: "fail",
      resources: alone(cluster, { securityConfiguration: "" }),
    },
    {
      kind: "clean",
      says: "Kerberos",
      expect: "pass",
      resources: alone(cluster, { kerberosAttributes: { realm: "EC2.INTERNAL" } }),
    },
    {
      kind: "clean",
      says: "steps with roles of their own",
      expect: "pass",
      resources: [
        {
          type: cluster,
          name: "app",
          props: { securityConfiguration: unknownHere },
          dependsOn: { securityConfiguration: ["roles"] },
        },
        {
          type: configuration,
          name: "roles",
          props: { configuration: JSON.stringify({ AuthorizationConfiguration: roles }) },
        },
      ],
    },
    {
      kind: "unknown",
      says: "the realm is not known",
      expect: "unknown",
      resources: alone(cluster, { kerberosAttributes: { realm: unknownHere } }),
      path: "kerberosAttributes.realm",
    },
    { kind: "absent", says: "nothing said", expect: "fail", resources: alone(cluster, {}) },
  ],
};

/** Whether a security configuration makes the cluster ask. Throws `Undecided`. */
function asksIn(plan: Plan, property: View): boolean | "elsewhere" {
  const target = plan.follow(property, configuration);
  if (target.state === "absent") return false;
  if (target.state === "outside") return target.value !== "" && "elsewhere";
  const document = target.resource.inputs.at("configuration").document();
  if (document.at("AuthenticationConfiguration").keys().length > 0) return true;
  const flag = document.at(
    "AuthorizationConfiguration",
    "IAMConfiguration",
    "EnableApplicationScopedIAMRole",
  );
  return flag.flag() ?? false;
}
