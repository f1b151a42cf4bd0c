import { plannedNetwork } from "/work/rooms/next5/test/harness/planned.ts";
import { threeClouds } from "/work/rooms/next5/test/harness/intents.ts";
import { liftNetwork } from "/work/rooms/next5/policy-packs/lift/network.ts";
import { proveIntent } from "/work/rooms/next5/model/reach/prove.ts";
import { inPlace } from "/work/rooms/next5/policy-packs/lift/place.ts";
import { intentTopology } from "/work/rooms/next5/model/network/intent-topology.ts";
import { compareTopologies } from "/work/rooms/next5/model/reach/compare.ts";
import { formatSelector } from "/work/rooms/next5/model/base/layer4.ts";
for (const moment of ["update", "preview"] as const) {
let t=performance.now();
const plan = await plannedNetwork(threeClouds, moment);
console.log(moment, plan.resources.length, Math.round(performance.now()-t));

t=performance.now();
const lifted=liftNetwork(plan);
console.log("lift ms", Math.round(performance.now()-t));
for (const place of threeClouds.places) {
  t=performance.now();
  const topo = inPlace(lifted, threeClouds, place);
  console.log(place.name, topo.endpoints.map((e) => `${e.name}:${e.segment}:${e.outside ?? ""}:${e.unknownAddresses}`).join(" "), topo.unknowns);
    const c = proveIntent(topo, threeClouds, place, { urn: "u", path: "flows" });
    console.log(c.verdict, c.pairs, c.differences.length, c.unknowns, c.unseen);
    for (const d of c.differences.slice(0, 14)) console.log(d.kind, d.settled, d.family, d.from.name, "->", d.to.name, formatSelector(d.witness.packet.selector), d.witness.actual?.steps.map((s) => `${s.stage.plane} ${s.stage.direction} ${s.action} ${s.rule?.origin.urn.split("::").at(-1) ?? s.otherwiseOrigin}`).join(" | "), d.witness.inputs);
  console.log("ms", Math.round(performance.now()-t));
}}
