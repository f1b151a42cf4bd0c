/** The words for a changed flow, on the terminal and in reports. */
import { internetName } from "../../../model/reach/compare.ts";
import type { NamedChange } from "../../reach/changes.ts";
import { outsideName, sideText } from "./party-pairs.ts";

export const changeMarks = { added: "+", removed: "-", changed: "~" } as const;

/** What a reader must know before the ports; empty for what simply is so. */
export function changeDoubt({ reading, settled }: NamedChange): "" | "surely" | "perhaps" {
  if (reading === "surely") return "surely";
  return settled ? "" : "perhaps";
}

/** Ports of a flow that is new or gone; of a changed one with the signs of what came and went. */
export function changePorts({ kind, added, removed }: NamedChange): string {
  const ports = [added === "nothing" ? "" : `+${added}`, removed === "nothing" ? "" : `-${removed}`]
    .filter((text) => text !== "")
    .join(" ");
  return kind === "changed" ? ports : ports.slice(1);
}

/** Both sides; addresses that no endpoint has by their ranges, as far as a line takes them. */
export function changeSides({ from, to, addresses }: NamedChange): [from: string, to: string] {
  const text = (side: string) => (side === internetName ? outsideText(addresses) : side);
  return [text(from), text(to)];
}

/** What begins with the first address of all is whatever is left of the internet. */
function outsideText(addresses: readonly string[]): string {
  const whole = addresses.some((range) => /^(0\.0\.0\.0|::)(-|\/0$)/.test(range));
  return whole || addresses.length === 0 ? internetName : sideText(outsideName, addresses);
}
