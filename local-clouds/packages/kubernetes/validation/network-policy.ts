/** NetworkPolicy (kubernetes, `pkg/apis/networking/validation`). */

import { type Cidr, tryParseCidr } from "../../../../model/base/address.ts";
import type { Json, JsonObject } from "../../../protocol/value.ts";
import type { Faults } from "../api/faults.ts";
import { notACidr, portNumber } from "../api/names.ts";
import { at, forItems, listAt, textAt } from "../api/read.ts";
import { checkSelector } from "./labels.ts";
import { checkPort } from "./numbers.ts";

const policyTypes = ["Ingress", "Egress"];

/** What is wrong with a policy. */
export function checkNetworkPolicy(faults: Faults, object: JsonObject): void {
  checkSelector(faults, "spec.podSelector", at(object, "spec", "podSelector"));
  for (const [direction, peers] of [
    ["ingress", "from"],
    ["egress", "to"],
  ] as const) {
    listAt(object, "spec", direction).forEach((rule, i) => {
      const field = `spec.${direction}[${i}]`;
      forItems(listAt(rule, "ports"), `${field}.ports`, (port, place) =>
        checkPolicyPort(faults, place, port),
      );
      forItems(listAt(rule, peers), `${field}.${peers}`, (peer, place) =>
        checkPeer(faults, place, peer),
      );
    });
  }
  const types = listAt(object, "spec", "policyTypes");
  if (types.length > policyTypes.length) {
    faults.invalid("spec.policyTypes", types, "may not specify more than two policyTypes");
    return;
  }
  forItems(types, "spec.policyTypes", (type, place) => {
    if (!policyTypes.includes(String(type))) {
      faults.unsupported(place, type, policyTypes);
    }
  });
}

function checkPolicyPort(faults: Faults, field: string, given: Json): void {
  const protocol = textAt(given, "protocol");
  if (protocol !== "" && !["TCP", "UDP", "SCTP"].includes(protocol)) {
    faults.unsupported(`${field}.protocol`, protocol, ["TCP", "UDP", "SCTP"]);
  }
  const port = at(given, "port");
  const end = at(given, "endPort");
  checkPort(faults, `${field}.port`, port);
  if (typeof end !== "number") return;
  if (port === undefined) {
    faults.invalid(`${field}.endPort`, end, "may not be specified when `port` is not specified");
  } else if (typeof port === "string") {
    faults.invalid(`${field}.endPort`, end, "may not be specified when `port` is non-numeric");
  } else if (typeof port === "number") {
    // The server shows the start of the range here, not its end.
    if (end < port) {
      faults.invalid(`${field}.endPort`, port, "must be greater than or equal to `port`");
    }
    faults.invalidFor(`${field}.endPort`, end, portNumber(end));
  }
}

function checkPeer(faults: Faults, field: string, peer: Json): void {
  const selectors = ["podSelector", "namespaceSelector"].filter(
    (key) => at(peer, key) !== undefined,
  );
  for (const key of selectors) checkSelector(faults, `${field}.${key}`, at(peer, key));
  const block = at(peer, "ipBlock");
  if (block !== undefined) checkBlock(faults, `${field}.ipBlock`, block);
  if (block !== undefined && selectors.length > 0) {
    faults.forbidden(field, "may not specify both ipBlock and another peer");
  } else if (block === undefined && selectors.length === 0) {
    faults.required(field, "must specify a peer");
  }
}

function checkBlock(faults: Faults, field: string, block: Json): void {
  const text = textAt(block, "cidr");
  if (text === "") {
    faults.required(`${field}.cidr`);
    return;
  }
  const whole = tryParseCidr(text);
  if (whole === undefined) {
    faults.invalid(`${field}.cidr`, text, notACidr);
    return;
  }
  listAt(block, "except").forEach((one, i) => {
    const part = tryParseCidr(String(one));
    const place = `${field}.except[${i}]`;
    if (part === undefined) faults.invalid(place, one, notACidr);
    else if (!isStrictPart(part, whole)) {
      faults.invalid(place, one, "must be a strict subset of `cidr`");
    }
  });
}

function isStrictPart(part: Cidr, whole: Cidr): boolean {
  if (part.family !== whole.family || part.length <= whole.length) return false;
  const hostBits = BigInt((whole.family === 4 ? 32 : 128) - whole.length);
  return part.base >> hostBits === whole.base >> hostBits;
}
