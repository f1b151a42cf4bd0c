/** Amazon EventBridge User Guide, "Permissions for event buses": a bus may be opened to every account. */
import { publicPolicyRule } from "../shared/resource-policies.ts";

export const AI60 = publicPolicyRule({
  id: "AI60",
  sentence: "No event bus lets everybody in.",
  why: "Anybody sends events that our rules take for ours, and starts whatever they start.",
  fix: "Name the accounts in Principal, or ask for aws:PrincipalOrgID or aws:SourceArn.",
  policies: {
    "aws:cloudwatch/eventBusPolicy:EventBusPolicy": "policy",
  },
  permissions: {
    "aws:cloudwatch/eventPermission:EventPermission": ["condition"],
  },
  action: "events:PutEvents",
});
