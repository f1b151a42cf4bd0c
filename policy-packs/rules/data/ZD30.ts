/**
 * Microsoft Learn, "Azure data encryption at rest": everything is encrypted, under a key of
 * Microsoft's unless another one is named. ZD01e, ZD04, ZD05 and ZD07 speak of the stores they name.
 */
import { azureKeys } from "../shared/azure-keys.ts";
import { keyRule } from "../shared/key-rule.ts";
import { forMarked } from "../shared/sensitive-data.ts";

export const ZD30 = forMarked(
  keyRule({
    id: "ZD30",
    sentence: "What is marked as sensitive in Azure is encrypted under a key of one's own.",
    why: "Under Microsoft's key, leave to use the service is leave to read the data; nobody can withdraw that key, or see it used.",
    severity: "medium",
    tenets: ["T2"],
    controls: ["SC-12", "SC-28", "SC-28(1)"],
    fix: "Name a key of your vault at the place of the finding, or take the mark away where the data is not sensitive.",
    cloud: "azure",
    places: azureKeys,
  }),
);
