/** Which prefixes let in the internet. */
import assert from "node:assert/strict";
import { cidrSet, parseCidr } from "../../../model/base/address.ts";
import { isEverywhere } from "../../../policy-packs/lift/address-set.ts";

function holds(...prefixes: readonly string[]): boolean {
  return isEverywhere(cidrSet(prefixes.map((text) => parseCidr(text, text))));
}

describe("everywhere", () => {
  it("is all of a family, most of it, and a quarter of it", () => {
    assert.ok(holds("0.0.0.0/0"));
    assert.ok(holds("::/0"));
    assert.ok(holds("2000::/3"));
    assert.ok(holds("0.0.0.0/1"));
    assert.ok(holds("128.0.0.0/1"));
    assert.ok(holds("64.0.0.0/3", "96.0.0.0/3"));
  });

  it("is neither a part of it nor what nobody routes", () => {
    assert.ok(!holds());
    assert.ok(!holds("203.0.113.0/24", "198.51.100.0/24"));
    assert.ok(!holds("52.0.0.0/8"));
    assert.ok(!holds("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/3"));
    assert.ok(!holds("fc00::/7", "fe80::/10", "8000::/1"));
    assert.ok(!holds("2600::/12"));
  });
});
