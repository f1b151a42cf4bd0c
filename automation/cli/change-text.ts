/** A changed flow as one line. */
import type { NamedChange } from "../reach/changes.ts";
import {
  changeDoubt,
  changeMarks,
  changePorts,
  changeSides,
} from "../report/reach/change-words.ts";
import { paint } from "./output.ts";

const colours = { added: "green", removed: "red", changed: "yellow" } as const;

/** `+ internet => web@aws : tcp/443`. */
export function flowChangeText(change: NamedChange, colour: boolean): string {
  const { kind } = change;
  const [from, to] = changeSides(change);
  const ports = [changeDoubt(change), changePorts(change)].filter((part) => part !== "").join(" ");
  return `${paint(colour, colours[kind], changeMarks[kind])} ${from} => ${to} : ${ports}`;
}
