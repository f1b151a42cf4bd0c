/** Microsoft Learn, "Azure Container Registry authentication options": the admin account is off unless it is said. */
import { demandRule } from "../shared/flag-rule.ts";

export const EI31g = demandRule({
  id: "EI31g",
  sentence: "A container registry has no admin account.",
  why: "Its password is shared by all, pushes images, and ends only when somebody changes it.",
  severity: "high",
  tenets: ["T6"],
  controls: ["IA-2", "IA-5"],
  fix: "Set adminUserEnabled to false, or leave it out; give callers AcrPull and AcrPush.",
  demands: {
    "azure-native:containerregistry:Registry": [
      {
        path: ["adminUserEnabled"],
        holds: (value) => value !== "true",
        witness: "docker push with the admin account's password",
        good: false,
        bad: true,
      },
    ],
  },
  // Whoever still comes with a key or password is shut out.
  remedy: "opt-in",
});
