import assert from "node:assert/strict";
import fc from "fast-check";
import { covers, has } from "../../../model/base/interval-set.ts";
import type { PortRange, Protocol } from "../../../model/base/layer4.ts";
import {
  everyLayer4,
  formatPorts,
  formatSelector,
  portSet,
  portsSet,
  protocolNumbers,
  tryParsePorts,
} from "../../../model/base/layer4.ts";

const port = fc.integer({ min: 0, max: 65535 });
const range: fc.Arbitrary<PortRange> = fc.oneof(
  fc
    .tuple(fc.constantFrom<Protocol>("tcp", "udp", "sctp"), port, port)
    .map(([protocol, a, b]) => ({ protocol, from: Math.min(a, b), to: Math.max(a, b) })),
  fc.constantFrom<Protocol | "any">("icmp", "icmp6", "any").map((protocol) => ({
    protocol,
    from: 0,
    to: 65535,
  })),
);

describe("layer-4 selectors", () => {
  it("read back what they write", () => {
    fc.assert(
      fc.property(range, (some) => {
        assert.deepEqual(tryParsePorts(formatPorts(some)), some);
      }),
    );
  });

  it("refuse what is no protocol and range of ports", () => {
    for (const text of [
      "tcp/",
      "tcp/2-1",
      "tcp/65536",
      "icmp/8",
      "gre",
      "TCP/1",
      "any/1",
      "",
      "443",
    ]) {
      assert.equal(tryParsePorts(text), undefined, text);
    }
  });

  it("keep protocols apart on one line", () => {
    fc.assert(
      fc.property(range, range, port, (a, b, at) => {
        assert.ok(covers(everyLayer4, portSet(a)));
        assert.ok(covers(portsSet([a, b]), portSet(b)));
        if (a.protocol === "any") return;
        const selector = BigInt(protocolNumbers[a.protocol] * 65536 + at);
        assert.equal(has(portSet(a), selector), a.from <= at && at <= a.to);
      }),
    );
  });

  it("name a selector as a person reads it", () => {
    const selector = (protocol: number, low: number) => BigInt(protocol * 65536 + low);
    assert.equal(formatSelector(selector(6, 22)), "tcp/22");
    assert.equal(formatSelector(selector(1, 8 * 256)), "icmp type 8 code 0");
    assert.equal(formatSelector(selector(50, 0)), "protocol 50");
  });
});
