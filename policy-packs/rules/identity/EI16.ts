/** Microsoft Learn, "Conditional Access: Network assignment": trusted locations lower a sign-in's risk. */
import { demandRule } from "../shared/flag-rule.ts";

const type = "azuread:index/namedLocation:NamedLocation";

/** A company's own ranges are longer than these: a /8 is a part of the internet, a /32 a provider's. */
const shortest = { v4: 9, v6: 33 };

export const EI16 = demandRule({
  id: "EI16",
  sentence: "No trusted location is as wide as a part of the internet.",
  why: "Sign-ins from a trusted location are asked for less: the attacker rents a machine inside it.",
  severity: "high",
  tenets: ["T2", "T4"],
  controls: ["AC-3", "AC-4"],
  fix: "List the office's own ranges in ip.ipRanges, or set ip.trusted to false.",
  demands: {
    [type]: [
      {
        path: ["ip", "ipRanges", "*"],
        holds: (range) => isNarrow(range ?? ""),
        when: (inputs) => inputs.at("ip", "trusted").flag() === true,
        witness: "a sign-in from a rented machine inside the range",
        good: "203.0.113.0/24",
        bad: "0.0.0.0/1",
      },
    ],
  },
  base: { [type]: { ip: { trusted: true } } },
});

function isNarrow(range: string): boolean {
  const [address = "", length] = range.split("/");
  if (length === undefined) return true;
  return Number(length) >= (address.includes(":") ? shortest.v6 : shortest.v4);
}
