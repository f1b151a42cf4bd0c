/** CIS Google Cloud Foundation Benchmark, "Ensure that corporate login credentials are used". */
import { cis } from "../shared/benchmarks.ts";
import { bindingRule, hierarchy, memberText } from "../shared/gcp-bindings.ts";

/** Mail services where anybody has an account. */
const consumer =
  /^(user|group|domain):([^@]*@)?(gmail|googlemail|outlook|hotmail|live|yahoo|icloud|proton|protonmail|gmx)\.[a-z.]+$/i;

export const GI13 = bindingRule({
  id: "GI13",
  sentence: "No consumer's account is a member.",
  why: "Nobody here can ask such an account for a second factor, or end it when the person leaves.",
  severity: "high",
  tenets: ["T6"],
  controls: ["AC-2", "IA-2", "IA-8"],
  frameworks: [cis("cis-gcp-3.0.0", "1.1")],
  fix: "Use accounts and groups of the own Cloud Identity.",
  families: [...hierarchy, "serviceaccount/iAM", "storage/bucketIAM"],
  judge: ({ members }, judge, plan) => {
    for (const member of members) {
      judge.part(() => {
        if (!consumer.test(memberText(member, plan).replace(/^deleted:/, ""))) return;
        judge.fail(member, "a login to a private mailbox, with the password of another theft");
      });
    }
  },
  bad: { role: "roles/viewer", member: "user:alice@gmail.com" },
  good: { "an own account": { role: "roles/viewer", member: "group:admins@example.com" } },
  names: "member",
});
