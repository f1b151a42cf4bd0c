/** The pages about the rules: everything is on them, and nothing in a rule's words changes what they show. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Rule } from "../../../model/policy/rule.ts";
import { checksOf, scannerPackages, scanners } from "../../../policy-packs/mappings/tables.ts";
import { domains } from "../../../policy-packs/rules/index.ts";
import { AN10 } from "../../../policy-packs/rules/network/AN10.ts";
import { X14 } from "../../../policy-packs/rules/stack/X14.ts";
import { text } from "../../../tools/rule-pages/markdown.ts";
import { rulePages } from "../../../tools/rule-pages/pages.ts";
import { ruleSection } from "../../../tools/rule-pages/rule-section.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const pageBytesMax = 1_000_000;

describe("pages of the rules", function () {
  this.timeout(20_000);
  const pages = rulePages();

  it("are small enough for GitHub to show", () => {
    for (const [name, written] of pages) assert.ok(Buffer.byteLength(written) < pageBytesMax, name);
  });

  it("have a section of each rule on its domain's page", () => {
    for (const [domain, rules] of Object.entries(domains)) {
      const heads = [...(pages.get(`${domain}.md`) ?? "").matchAll(/^## (.*)$/gm)];
      assert.deepEqual(heads.map(([, id]) => id).sort(), rules.map(({ id }) => id).sort());
    }
  });

  it("link to what is there", () => {
    for (const [name, written] of pages) {
      for (const [, file = "", anchor] of written.matchAll(/\]\(([\w-]+\.md)(?:#(\w+))?\)/g)) {
        const target = pages.get(file);
        assert.ok(target !== undefined, `${name} links to ${file}`);
        const heads = [...target.matchAll(/^## (\w+)$/gm)].map(([, id]) => id?.toLowerCase());
        if (anchor !== undefined) assert.ok(heads.includes(anchor), `${name}: ${file}#${anchor}`);
      }
    }
  });

  it("name every check of the other scanners", () => {
    const words = new Set((pages.get("other-scanners.md") ?? "").split(/[\s,|]+/));
    for (const scanner of scanners) {
      for (const { id } of checksOf(scanner)) assert.ok(words.has(text(id)), id);
    }
  });

  it("name the scanners' versions that were read", () => {
    const notice = readFileSync(join(root, "NOTICE"), "utf8");
    for (const { scanner, packageName, version } of scannerPackages()) {
      const [name = ""] = packageName.split(" ");
      assert.match(
        notice,
        new RegExp(`^  ${name} v?${version.replaceAll(".", "\\.")},`, "m"),
        scanner,
      );
    }
  });
});

describe("a rule's section", () => {
  it("tells what the rule says, and what is found in a violating example", () => {
    assert.equal(
      ruleSection({ ...AN10, frameworks: [], tenets: ["T2"] }),
      [
        "## AN10",
        "",
        "**high** · A VPC's default security group carries no rules.",
        "",
        "- **why** A machine started without a group gets the default one, and with it paths that nobody declared.",
        "- **fix** Give the default group empty lists of ingress and egress rules, and machines a group of their segment.",
        "- **mends** by itself where told so (opt-in)",
        "- **about** `aws:ec2/defaultSecurityGroup:DefaultSecurityGroup`",
        "- **tenets** T2 All communication is secured regardless of network location.",
        "- **controls** NIST SP 800-53 r5: SC-7, AC-4, CM-6",
        "- **example** the rule that AWS itself puts there: " +
          "`aws:ec2/defaultSecurityGroup:DefaultSecurityGroup default` `ingress[0]` · " +
          "whatever stands in the VPC without a group of its own gets this rule",
      ].join("\n"),
    );
  });

  it("tells settings with what holds otherwise", () => {
    assert.match(ruleSection(X14), /^- \*\*settings\*\* regions: .*; otherwise \\\[\\\]$/m);
  });

  it("is not written of a rule that does not fail where its example says", () => {
    const blind: Rule = { ...AN10, check: () => {} };
    assert.throws(() => ruleSection(blind), /AN10 does not fail where it must/);
  });

  it("shows words as they are", () => {
    assert.equal(
      text("a*b* <i> [x](y) `c` | $1 ~~ &lt; \\"),
      "a\\*b\\* \\<i\\> \\[x\\](y) \\`c\\` \\| \\$1 \\~\\~ \\&lt; \\\\",
    );
    assert.equal(text("_a_ NET_RAW __b__"), "\\_a\\_ NET_RAW \\_\\_b\\_\\_");
  });
});
