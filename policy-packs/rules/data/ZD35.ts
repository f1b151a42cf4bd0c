/** Microsoft Learn, "Ledger overview": a database whose rows even its administrators cannot alter unseen. */
import { demandRule } from "../shared/flag-rule.ts";
import { forMarked } from "../shared/sensitive-data.ts";

export const ZD35 = forMarked(
  demandRule({
    id: "ZD35",
    sentence: "A SQL database that is marked as sensitive keeps a ledger.",
    why: "Whoever becomes administrator changes or removes rows, and nothing shows that they were others before.",
    severity: "low",
    tenets: ["T5", "T7"],
    controls: ["AU-10", "SI-7"],
    fix: "Set isLedgerOn to true when the database is made; it cannot be changed later.",
    demands: {
      "azure-native:sql:Database": [
        {
          path: ["isLedgerOn"],
          holds: (value) => value === "true",
          witness: "an UPDATE by an administrator leaves no proof",
          good: true,
          bad: false,
        },
      ],
    },
  }),
);
