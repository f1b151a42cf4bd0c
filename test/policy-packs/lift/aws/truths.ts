/** All statements of the truth table. */
import { aclTruths } from "./truths/acls.ts";
import { endTruths } from "./truths/ends.ts";
import { groupFormTruths } from "./truths/group-forms.ts";
import { groupTruths } from "./truths/groups.ts";
import { linkTruths } from "./truths/links.ts";
import { moreEndTruths } from "./truths/more-ends.ts";
import { moreRouteTruths } from "./truths/more-routes.ts";
import { routeTruths } from "./truths/routes.ts";
import { transitTruths } from "./truths/transit.ts";
import type { Truth } from "./truths/truth.ts";

export const truths: readonly Truth[] = [
  ...groupTruths,
  ...groupFormTruths,
  ...aclTruths,
  ...routeTruths,
  ...moreRouteTruths,
  ...linkTruths,
  ...transitTruths,
  ...endTruths,
  ...moreEndTruths,
];
