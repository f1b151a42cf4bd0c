/** Cloud Run documentation, "Allow public access": by a binding, or by leaving out the check. */
import { unknownHere } from "../../../model/policy/rule.ts";
import { alone } from "../shared/alone.ts";
import { publicMembersRule } from "../shared/public-members.ts";

const service = "gcp:cloudrunv2/service:Service";
const older = "gcp:cloudrun/service:Service";

export const GI12h = publicMembersRule({
  id: "GI12h",
  sentence: "Nobody unnamed calls a Cloud Run service.",
  why: "Anybody calls it with what he likes, and every flaw in it is open to the world.",
  fix: "Name callers as members of roles/run.invoker; serve people by a load balancer with the identity-aware proxy.",
  families: ["cloudrun/iam", "cloudrunv2/jobIam", "cloudrunv2/serviceIam"],
  role: "roles/run.invoker",
  others: {
    [older]: ({ inputs }, judge) => {
      const off = inputs.at("metadata", "annotations", "run.googleapis.com/invoker-iam-disabled");
      if (off.flag() === true) judge.fail(off, "a request of allUsers, whom nobody asks");
    },
    [service]: ({ inputs }, judge) => {
      const off = inputs.at("invokerIamDisabled");
      if (off.flag() === true) judge.fail(off, "a request of allUsers, whom nobody asks");
    },
  },
  more: [
    {
      kind: "violating",
      says: "no check at all",
      expect: "fail",
      resources: alone(service, { invokerIamDisabled: true }),
      path: "invokerIamDisabled",
    },
    {
      kind: "violating",
      says: "no check, in the older form",
      expect: "fail",
      resources: alone(older, {
        metadata: { annotations: { "run.googleapis.com/invoker-iam-disabled": "true" } },
      }),
      path: 'metadata.annotations["run.googleapis.com/invoker-iam-disabled"]',
    },
    {
      kind: "clean",
      says: "an older service that asks",
      expect: "pass",
      resources: alone(older, { metadata: { annotations: {} } }),
    },
    {
      kind: "clean",
      says: "a service that asks",
      expect: "pass",
      resources: alone(service, { invokerIamDisabled: false }),
    },
    {
      kind: "unknown",
      says: "whether it asks is not known",
      expect: "unknown",
      resources: alone(service, { invokerIamDisabled: unknownHere }),
      path: "invokerIamDisabled",
    },
  ],
});
