/** Which requests fail: the same ones with the same seed, whatever the order. */

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  faultKinds as cliKinds,
  faultOperations as cliOperations,
} from "../../../automation/cli/arguments/clouds/fault.ts";
import { ArmedFaults } from "../../../local-clouds/faults/armed.ts";
import { strikes } from "../../../local-clouds/faults/decide.ts";
import {
  type Fault,
  faultKinds,
  faultOf,
  faultOperations,
  matches,
} from "../../../local-clouds/faults/fault.ts";
import type { JsonObject } from "../../../local-clouds/protocol/value.ts";

function fault(rest: JsonObject = {}): Fault {
  return faultOf({ on: "*", op: "create", kind: "error", seed: "1", ...rest });
}

const rate = fc.double({ min: 0.01, max: 1, noNaN: true });
const urn = fc.string({ minLength: 1 });
const seed = fc.string({ minLength: 1 });

describe("faults", () => {
  it("meet the same requests in whatever order they come", () => {
    const asked = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 40 });
    fc.assert(
      fc.property(asked, rate, seed, fc.integer(), (subjects, share, text, order) => {
        const one = metBy(fault({ rate: share, seed: text }), subjects);
        const shuffled = [...subjects].sort(
          (x, y) => ((x.charCodeAt(0) * order) % 7) - ((y.charCodeAt(0) * order) % 7),
        );
        assert.deepEqual(metBy(fault({ rate: share, seed: text }), shuffled), one);
      }),
    );
  });

  it("meet no fewer requests at a higher rate", () => {
    fc.assert(
      fc.property(rate, rate, urn, fc.nat(50), seed, (a, b, subject, asked, text) => {
        const low = fault({ rate: Math.min(a, b), seed: text });
        const high = fault({ rate: Math.max(a, b), seed: text });
        assert.ok(!strikes(low, subject, asked) || strikes(high, subject, asked));
      }),
    );
  });

  it("meet one resource no more often than their count", () => {
    fc.assert(
      fc.property(
        rate,
        fc.integer({ min: 1, max: 5 }),
        urn,
        seed,
        (share, count, subject, text) => {
          const limited = fault({ rate: share, count, seed: text });
          const free = fault({ rate: share, seed: text });
          const asked = Array.from({ length: 60 }, (_, i) => i);
          const met = asked.filter((i) => strikes(free, subject, i));
          assert.deepEqual(
            asked.filter((i) => strikes(limited, subject, i)),
            met.slice(0, count),
          );
        },
      ),
    );
  });

  it("meet their share of the requests, other ones with another seed", () => {
    const subjects = Array.from({ length: 4000 }, (_, i) => `urn:${i}`);
    const met = (text: string) =>
      subjects.filter((one) => strikes(fault({ rate: 0.1, seed: text }), one, 0));
    assert.ok(met("1").length > 320 && met("1").length < 480, `${met("1").length}`);
    assert.notDeepEqual(met("1"), met("2"));
  });

  it("meet by URN, token or id, with * for any text", () => {
    const texts = ["urn:pulumi:s::p::aws:ec2/vpc:Vpc::main", "aws:ec2/vpc:Vpc", "vpc-1", ""];
    for (const pattern of ["*", "vpc-1", "vpc-*", "aws:ec2/*", "*::main", "aws:*:Vpc"]) {
      assert.ok(matches(pattern, texts), pattern);
    }
    for (const pattern of ["vpc", "vpc-", "AWS:*", "", "vpc.1"]) {
      assert.ok(!matches(pattern, texts), pattern);
    }
  });

  it("are asked about every request they could meet; the first one armed has its way", () => {
    const armed = new ArmedFaults();
    armed.arm(fault({ on: "a*" }));
    armed.arm(fault({ on: "*", kind: "timeout" }));
    const subject = { urn: "ab", token: "t", id: "" };
    assert.equal(armed.meet("create", subject)?.kind, "error");
    assert.equal(armed.meet("create", { ...subject, urn: "b" })?.kind, "timeout");
    assert.equal(armed.meet("update", subject), undefined);
    assert.deepEqual(
      armed.list().map(({ asked, struck }) => [asked, struck]),
      [
        [1, 1],
        [2, 1],
      ],
    );
    assert.equal(armed.disarm("nothing"), 0);
    assert.equal(armed.disarm(), 2);
    assert.equal(armed.meet("create", subject), undefined);
  });

  it("begin anew when armed again", () => {
    const armed = new ArmedFaults();
    const once = fault({ count: 1 });
    const subject = { urn: "a", token: "t", id: "" };
    armed.arm(once);
    assert.deepEqual(
      [1, 2].map(() => armed.meet("create", subject)?.id),
      [once.id, undefined],
    );
    armed.arm(fault({ count: 1 }));
    assert.equal(armed.list().length, 1);
    assert.equal(armed.meet("create", subject)?.id, once.id);
  });

  const wrong: [JsonObject, RegExp][] = [
    [{ kind: "throtle" }, /did you mean throttle/],
    [{ op: "invoke" }, /check, create, read, update, delete/],
    [{ kind: "init-failure", op: "delete" }, /only create, update/],
    [{ rate: 0 }, /above 0/],
    [{ rate: 1.1 }, /at most 1/],
    [{ count: 1.5 }, /whole number/],
    [{ on: "" }, /on must be a text/],
    [{ seed: 3 }, /seed must be a text/],
    [{ delayMs: -1 }, /between 0/],
  ];
  for (const [rest, words] of wrong) {
    it(`that are ${JSON.stringify(rest)} are refused`, () => {
      assert.throws(() => fault(rest), words);
    });
  }

  it("are known to the command line by the same words", () => {
    assert.deepEqual(cliKinds, Object.keys(faultKinds));
    assert.deepEqual(cliOperations, [...faultOperations]);
  });
});

/** How often each subject was met, in the order of its own requests. */
function metBy(one: Fault, subjects: readonly string[]): Map<string, boolean[]> {
  const armed = new ArmedFaults();
  armed.arm(one);
  const met = new Map<string, boolean[]>(["a", "b", "c", "d"].map((name) => [name, []]));
  for (const urn of subjects) {
    met.get(urn)?.push(armed.meet("create", { urn, token: "t", id: "" }) !== undefined);
  }
  return met;
}
