/** All pages about the rules. */
import { cis } from "../../policy-packs/cis/definition.ts";
import { catalogue } from "../../policy-packs/mappings/tables.ts";
import { nist80053 } from "../../policy-packs/nist-800-53/definition.ts";
import { domains } from "../../policy-packs/rules/index.ts";
import { zeroTrust } from "../../policy-packs/zero-trust/definition.ts";
import { domainPage } from "./domain-page.ts";
import { indexPage } from "./index-page.ts";
import { scannersPage } from "./scanners-page.ts";

/** The pages' texts by file name. */
export function rulePages(): Map<string, string> {
  const named = Object.entries(domains);
  const domainOf = new Map(named.flatMap(([domain, rules]) => rules.map(({ id }) => [id, domain])));
  return new Map([
    ["README.md", indexPage(domains, [zeroTrust, cis, nist80053], catalogue())],
    ["other-scanners.md", scannersPage(domainOf)],
    ...named.map(([domain, rules]) => [`${domain}.md`, domainPage(domain, rules)] as const),
  ]);
}
