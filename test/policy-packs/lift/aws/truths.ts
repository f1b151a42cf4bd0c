/** All statements of the truth table. */
import { aclTruths } from "./truths/acls.ts";
import { endTruths } from "./truths/ends.ts";
import { groupTruths } from "./truths/groups.ts";
import { linkTruths } from "./truths/links.ts";
import { routeTruths } from "./truths/routes.ts";
import { transitTruths } from "./truths/transit.ts";
import type { Truth } from "./truths/truth.ts";

export const truths: readonly Truth[] = [
  ...groupTruths,
  ...aclTruths,
  ...routeTruths,
  ...linkTruths,
  ...transitTruths,
  ...endTruths,
];
