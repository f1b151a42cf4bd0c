/** Who may act as an application by a federated credential. */
import type { Rule } from "../../../model/policy/rule.ts";
import { checkFederatedSubject, federatedSubjectExamples } from "../shared/federated-subject.ts";

const type =
  "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential";

export const EI01: Rule = {
  id: "EI01",
  sentence: "A federated credential of an application names one subject, and not pull requests.",
  why: "Whoever may open a pull request then runs code as the identity; a pattern admits nobody, or everybody once it is read as one.",
  severity: "critical",
  tenets: ["T6"],
  controls: ["AC-3", "IA-8"],
  fix: "Write the whole subject of one environment: repo:OWNER@ID/REPOSITORY@ID:environment:NAME.",
  subjects: [type],
  needs: "resource",
  check: checkFederatedSubject,
  examples: federatedSubjectExamples(type),
};
