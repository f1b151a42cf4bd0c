/** The flawed example: each of its mistakes in AWS has its witness. */
import assert from "node:assert/strict";
import { tryParseAddress } from "../../../../model/base/address.ts";
import { has } from "../../../../model/base/interval-set.ts";
import { formatSelector } from "../../../../model/base/layer4.ts";
import { compareTopologies } from "../../../../model/reach/compare.ts";
import { liftAws } from "../../../../policy-packs/lift/aws/topology.ts";
import { routedWantedOf } from "../../../harness/wanted.ts";
import {
  correctedProgram,
  flawedProgram,
  tiersIntent,
  webCallsEverywhere,
  withAcl,
} from "./flawed-example.ts";
import { fateOf } from "./packet.ts";
import type { Written } from "./program.ts";
import { planOf } from "./program.ts";

const lifted = (program: readonly Written[]) => liftAws(planOf(program, "preview")).topology;

/** `missing web app 4 tcp/8080` … */
function differences(program: readonly Written[]): string[] {
  const topology = lifted(program);
  const wanted = routedWantedOf(tiersIntent, topology);
  return compareTopologies(topology, wanted)
    .differences.filter(({ kind }) => kind !== "residual")
    .map(({ kind, from, to, family, witness }) => {
      const selector = formatSelector(witness.packet.selector);
      return `${kind} ${from.name} -> ${to.name} IPv${family} ${selector}`;
    })
    .sort();
}

describe("flawed example in AWS", () => {
  it("has the wrong port between web and app, and no IPv6 where people come in", () => {
    assert.deepEqual(differences(flawedProgram), [
      "extra web -> app IPv4 tcp/3306",
      "extra web -> app IPv6 tcp/3306",
      "missing internet -> web IPv6 tcp/443",
      "missing web -> app IPv4 tcp/8080",
      "missing web -> app IPv6 tcp/8080",
    ]);
  });

  it("is what was meant once these are corrected", () => {
    assert.deepEqual(differences(correctedProgram), []);
  });

  it("answers without rules for replies, but not behind an ACL that forgets them", () => {
    assert.equal(fateOf(lifted(correctedProgram), "web -> app tcp/8080"), "passes");
    assert.equal(fateOf(lifted(withAcl(true)), "web -> app tcp/8080"), "passes");
    assert.equal(fateOf(lifted(withAcl(false)), "web -> app tcp/8080"), "no reply");
    assert.deepEqual(
      differences(withAcl(false)).filter((line) => line.includes("IPv4")),
      ["reply-blocked web -> app IPv4 tcp/8080"],
    );
  });

  it("loses what routers say about packets that are too big, where an ACL allows TCP only", () => {
    const web = "10.0.1.9";
    assert.equal(fateOf(lifted(withAcl(true)), `web@${web} -> app icmp/3.4`), "stopped");
  });

  it("keeps paths open from the data tier that nobody can filter", () => {
    const { residuals } = lifted(flawedProgram);
    const data = residuals.filter(({ endpoints }) => endpoints.some((id) => id.endsWith("::data")));
    const leadsTo = (text: string, selector: bigint) =>
      data.filter((one) => {
        const address = tryParseAddress(text);
        assert.ok(address);
        return has(one.to, address.value) && has(one.selectors, selector);
      });
    assert.equal(leadsTo("10.0.0.2", (17n << 16n) + 53n).length, 1);
    assert.equal(leadsTo("169.254.169.254", (6n << 16n) + 80n)[0]?.says, "instance metadata");
    assert.equal(leadsTo("10.0.0.3", (17n << 16n) + 53n).length, 0);
    assert.equal(fateOf(lifted(flawedProgram), "data -> 203.0.113.7 tcp/443"), "stopped");
  });

  it("has no route to the other clouds", () => {
    const topology = lifted(flawedProgram);
    const elsewhere = {
      id: "azure app",
      name: "azure-app",
      addresses: [{ from: 0x0a010204n, to: 0x0a010204n }],
      unknownAddresses: [],
      groups: ["network:azure", "network:any"],
      stages: [],
    };
    const joined = { ...topology, endpoints: [...topology.endpoints, elsewhere] };
    const open = lifted([...flawedProgram, webCallsEverywhere]);
    const both = { ...open, endpoints: [...open.endpoints, elsewhere] };
    assert.equal(fateOf(joined, "web -> azure-app tcp/443"), "stopped");
    assert.equal(fateOf(both, "web -> azure-app tcp/443"), "stopped");
    assert.equal(fateOf(both, "web -> 203.0.113.7 tcp/443"), "passes");
    assert.equal(fateOf(both, "azure-app -> web tcp/443"), "stopped");
  });
});
