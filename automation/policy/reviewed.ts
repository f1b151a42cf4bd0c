/** What people decided about the packs, in files that are reviewed. */
import type { Exemptions } from "../../model/policy/exemption.ts";
import { listStacks } from "../engine/stack-place.ts";
import { readExemptionFile } from "./exemption-file.ts";
import { readSettingsFile, type SettingsByStack } from "./rule-settings.ts";

/** Exemptions, and settings of rules by stack. */
export interface Reviewed {
  readonly exemptions: Exemptions;
  readonly settings: SettingsByStack;
}

/**
 * Those of a checkout without a branch to be reviewed against: critical rules accept no exemption.
 * Throws everything that is wrong with either file.
 */
export function reviewedIn(root: string): Reviewed {
  return {
    exemptions: { stated: readExemptionFile(root), reviewed: [] },
    settings: readSettingsFile(root, listStacks(root)),
  };
}
