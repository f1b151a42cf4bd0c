/** Protocols, ports and ICMP messages of planned resources, read into the model's selectors. */
import type { Interval } from "../../model/base/interval-set.ts";
import { protocolInterval } from "../../model/base/layer4.ts";
import type { View } from "../../model/policy/view.ts";
import { Undecided } from "../../model/policy/view.ts";

export const portMax = 65535;
const byteMax = 255;

/** What a word means, however its letters are written. Throws `Undecided` for other words. */
export function meaningOf<T>(
  view: View,
  meanings: Readonly<Record<string, T>>,
  otherwise: string = "",
): T {
  const word = (view.text() ?? otherwise).toLowerCase();
  const meaning = Object.hasOwn(meanings, word) ? meanings[word] : undefined;
  if (meaning === undefined) throw unreadable(view);
  return meaning;
}

/** The number of a protocol that is written as one of the names or as its number. */
export function protocolOf(
  view: View,
  names: Readonly<Record<string, number>>,
  otherwise?: string,
): number {
  const text = view.text() ?? otherwise ?? "";
  const isNumber = /^\d{1,3}$/.test(text) && Number(text) <= byteMax;
  return isNumber ? Number(text) : meaningOf(view, names, otherwise);
}

/** A port. Throws `Undecided` for other numbers, and where none is written. */
export function portOf(view: View): number {
  const port = wholeOf(view, 0, portMax);
  if (port === undefined) throw unreadable(view);
  return port;
}

/** First and last port of `22` or `8000-8010`; every port for `*`. */
export function portRangeOf(view: View): { from: number; to: number } {
  const text = (view.text() ?? "").trim();
  if (text === "*") return { from: 0, to: portMax };
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  const from = Number(match?.[1]);
  const to = Number(match?.[2] ?? match?.[1]);
  if (match === null || from > to || to > portMax) throw unreadable(view);
  return { from, to };
}

/** Messages of ICMP or ICMPv6, as AWS writes them: -1, or nothing, is every type and every code. */
export function messagesOf(protocol: number, typeView: View, codeView: View): Interval {
  const type = wholeOf(typeView, -1, byteMax) ?? -1;
  const code = wholeOf(codeView, -1, byteMax) ?? -1;
  if (type === -1) return protocolInterval(protocol, 0, portMax);
  const first = type * (byteMax + 1);
  return code === -1
    ? protocolInterval(protocol, first, first + byteMax)
    : protocolInterval(protocol, first + code, first + code);
}

function wholeOf(view: View, min: number, max: number): number | undefined {
  const number = view.number();
  if (number === undefined) return undefined;
  if (!Number.isInteger(number) || number < min || number > max) throw unreadable(view);
  return number;
}

/** Another value than the vendor documents. */
export function unreadable({ urn, path }: View): Undecided {
  return new Undecided(urn, path, "unreadable");
}
