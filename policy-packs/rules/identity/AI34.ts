/** Amazon Cognito Developer Guide, "Identity pools": guests get AWS credentials without any login. */
import { demandRule } from "../shared/flag-rule.ts";

export const AI34 = demandRule({
  id: "AI34",
  sentence: "An identity pool gives nothing to guests.",
  why: "Anybody who reads the pool's id out of the app gets AWS credentials of the guest role.",
  severity: "high",
  tenets: ["T6"],
  controls: ["AC-3", "AC-14", "IA-2"],
  fix: "Set allowUnauthenticatedIdentities to false, or leave it out.",
  demands: {
    "aws:cognito/identityPool:IdentityPool": [
      {
        path: ["allowUnauthenticatedIdentities"],
        holds: (value) => value !== "true",
        witness: "cognito-identity:GetCredentialsForIdentity without a token",
        good: false,
        bad: true,
      },
    ],
  },
  // An app that works without a login stops doing so.
  remedy: "opt-in",
});
