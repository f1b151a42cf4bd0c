/** Who can reach whom as planned: a matrix for each place, what changes and why, what stays open. */
import { cloudTitles } from "../../../model/base/cloud.ts";
import type { NetworkIntent } from "../../../model/network/intent.ts";
import { temporaries } from "../../../model/network/overdue.ts";
import { internetName } from "../../../model/reach/compare.ts";
import type { OperationChange, OperationReach } from "../../reach/operation.ts";
import type { PlaceReach } from "../../reach/place-reach.ts";
import type { Fate } from "../../reach/witness-text.ts";
import { type Markup, markup } from "../markup.ts";
import { changeDoubt, changeMarks, changePorts, changeSides } from "./change-words.ts";
import { matrixLegend, placeMatrix } from "./place-matrix.ts";

/** The section; empty where no network was judged and nothing stays open. */
export function reachSection(
  reach: OperationReach | undefined,
  intent: NetworkIntent | undefined,
  today: string,
): Markup {
  const open = intent === undefined ? markup`` : openTable(intent, today);
  if (reach === undefined && open.text === "") return markup``;
  return markup`<section id="reach"><h2>Who can reach whom</h2>${reach === undefined ? "" : pictures(reach)}${open}</section>
`;
}

function pictures({ places, changes }: OperationReach): Markup {
  const picture =
    places.length === 0
      ? markup``
      : markup`<p class="lead">What the planned filters let pass, computed for every packet and held against the declared flows, in IPv4 and IPv6. Routes can only take away from it.</p>
${matrixLegend(places)}<div class="cards">${places.map(placeCard)}</div>`;
  return markup`${picture}${changeList(changes)}`;
}

const verdictLooks = { proven: "good", violated: "bad", unknown: "warn" } as const;
const verdictWords = {
  proven: "proven equal to the intent",
  violated: "not what the intent says",
  unknown: "cannot be proven yet",
} as const;

function placeCard(one: PlaceReach): Markup {
  const { place, cloud, region, verdict, pairs } = one;
  return markup`<article class="card ${cloud}"><header><b>${cloudTitles[cloud]}</b> ${place}<span>${region}</span><span class="verdict ${verdictLooks[verdict]}">${verdictWords[verdict]}</span><small>${pairs} pairs compared</small></header><div class="scroll">${placeMatrix(one)}</div>${notes(one)}</article>
`;
}

function notes({ unseen, unknowns }: PlaceReach): Markup {
  const lines = [
    ...unseen.map((segment) => `No planned firewall guards ${segment}: of it nothing is proved.`),
    ...unknowns.map(({ urn, path }) => `Waits for ${urn} ${path}`),
  ];
  if (lines.length === 0) return markup``;
  return markup`<ul class="notes">${lines.map((line) => markup`<li>${line}</li>`)}</ul>`;
}

function changeList(changes: readonly OperationChange[]): Markup {
  if (changes.length === 0) {
    return markup`<p class="lead">This operation adds, removes and changes no flow.</p>`;
  }
  const counts = (["added", "removed", "changed"] as const)
    .map((kind) => [kind, changes.filter((one) => one.kind === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`);
  return markup`<h3>Flows of this operation: ${counts.join(", ")}</h3>
${changes.map(changeDetails)}`;
}

/** Folded, so that many changes are a list; what breaks the intent stands open. */
function changeDetails(change: OperationChange): Markup {
  const { kind, violation, addresses, witness } = change;
  const [from, to] = changeSides(change);
  const everywhere = from === internetName || to === internetName;
  const look = violation ? "violation" : kind;
  const open = violation ? markup` open` : markup``;
  const words = [changeDoubt(change), kind, violation ? "not as declared" : ""];
  return markup`<details class="flow ${look}"${open}><summary><b class="op">${changeMarks[kind]}</b><span>${from} → ${to}</span><code>${changePorts(change)}</code><small>${words.filter((word) => word !== "").join(" · ")}</small></summary><dl><dt>Packet</dt><dd><code>${witness.packet}</code></dd><dt>Before</dt><dd>${fate(witness.before)}</dd><dt>After</dt><dd>${fate(witness.after)}</dd>${
    everywhere || addresses.length === 0
      ? markup``
      : markup`<dt>Outside</dt><dd><code>${addresses.join(", ")}</code></dd>`
  }</dl></details>
`;
}

function fate({ arrives, by }: Fate): Markup {
  const [word, look] = arrives ? ["arrives, let through by", "open"] : ["stopped by", "shut"];
  return markup`<span class="${look}">${word}</span> ${by.join("; ")}`;
}

/** What is not enforced yet, by whom and until when it will be. */
function openTable(intent: NetworkIntent, today: string): Markup {
  const open = temporaries(intent);
  if (open.length === 0) return markup``;
  const rows = open.map(
    ({ says, owner, until }) =>
      markup`<tr><td>${says}</td><td>${owner}</td><td>${until}${until < today ? " (over)" : ""}</td></tr>`,
  );
  return markup`<table><caption>${open.length} not enforced yet</caption><thead><tr><th>What</th><th>Owner</th><th>Until</th></tr></thead><tbody>${rows}</tbody></table>`;
}
