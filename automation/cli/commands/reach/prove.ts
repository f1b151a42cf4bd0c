/** `reach --intent`: whether a network means exactly what its intent says. */
import { ProblemError } from "../../../../model/base/problem.ts";
import { clusterSegments } from "../../../../model/network/cluster-flows.ts";
import type { NetworkIntent, PlaceIntent } from "../../../../model/network/intent.ts";
import type { Gap, GapKind } from "../../../../model/policy/gap.ts";
import { originText } from "../../../../model/policy/gap.ts";
import { readIntentFile } from "../../../reach/intent-file.ts";
import type { OpenWay, PlaceProof } from "../../../reach/proofs.ts";
import { provePlaces, provePods } from "../../../reach/proofs.ts";
import type { ReadSource } from "../../../reach/source.ts";
import { rangeText, selectorsText } from "../../../report/reach/ports.ts";
import type { Context } from "../../context.ts";
import { type ExitCode, exitCodes } from "../../exit.ts";
import { counted, paint } from "../../output.ts";
import { noteAll, writeLines } from "./voice.ts";

/** Done if every place is proven, findings otherwise. */
export async function proveReach(
  context: Context,
  request: {
    readonly read: ReadSource;
    readonly place: string;
    readonly intent: string;
    /** The place whose cluster the manifests are, where several have workloads. */
    readonly of?: string | undefined;
    readonly json: boolean;
  },
): Promise<ExitCode> {
  const intent = readIntentFile(request.intent);
  const source = await request.read(request.place);
  const { topology, notes, plan, cluster } = source;
  noteAll(context, topology, notes);
  const proofs = [
    ...(plan === undefined ? [] : provePlaces(topology, plan, intent, request.intent)),
    ...(cluster === undefined
      ? []
      : [provePods(cluster, intent, clusterPlace(intent, request), request.intent)]),
  ];
  const { output } = context;
  if (request.json) output.result(JSON.stringify(proofs.map(documentOf), null, 2));
  else
    writeLines(
      output,
      proofs.flatMap((proof) => linesOf(proof, output.colour)),
    );
  const proven = proofs.every(({ verdict }) => verdict === "proven");
  return proven ? exitCodes.done : exitCodes.findings;
}

function documentOf(proof: PlaceProof) {
  return {
    ...proof,
    gaps: proof.gaps.map(({ selectors, ...gap }) => ({ ...gap, ports: selectorsText(selectors) })),
    residuals: proof.residuals.map(({ to, selectors, ...way }) => ({
      ...way,
      to: to.map(rangeText),
      ports: selectorsText(selectors),
    })),
  };
}

const colours = { extra: "red", missing: "yellow", "reply-blocked": "yellow" } as const;
const order: readonly GapKind[] = ["missing", "reply-blocked", "extra"];
const indent = " ".repeat(16);

function linesOf(proof: PlaceProof, colour: boolean): string[] {
  const { place, verdict, gaps, residuals, unseen, unknowns, pairs } = proof;
  const counts = `${counted(gaps.length, "gap")} among ${counted(pairs, "pair")} of ends`;
  const sorted = order.flatMap((kind) => gaps.filter((gap) => gap.kind === kind));
  return [
    paint(colour, "bold", `place ${place}: ${verdict}, ${counts}`),
    ...sorted.flatMap((gap) => gapLines(gap, colour)),
    ...unseen.map((name) =>
      line("unseen", `nothing planned belongs to ${name}: mark it, or mend the segment's members`),
    ),
    ...unknowns.map((input) => line("unknown", `${originText(input)} is not known`)),
    ...residuals.map((way) => line("residual", wayText(way))),
  ];
}

function gapLines({ kind, from, to, selectors, ...gap }: Gap, colour: boolean): string[] {
  const word = paint(colour, colours[kind], kind.padEnd(wordWidth));
  const perhaps = gap.settled ? "" : "perhaps ";
  return [
    `  ${word} ${perhaps}${from} => ${to} : ${selectorsText(selectors)}`,
    `${indent}${gap.packet} ${gap.fate}: ${gap.by}`,
  ];
}

const wordWidth = indent.length - 3;

function line(word: string, text: string): string {
  return `  ${word.padEnd(wordWidth)} ${text}`;
}

function wayText({ from, to, selectors, says, document }: OpenWay): string {
  const ends = `${from.join(", ")} => ${to.map(rangeText).join(", ")}`;
  return `${ends} : ${selectorsText(selectors)}: ${says} (${document})`;
}

/** The place of the intent that has workloads, or the one that was named. */
function clusterPlace(
  intent: NetworkIntent,
  { of, intent: file }: { readonly of?: string | undefined; readonly intent: string },
): PlaceIntent {
  const places = intent.places.filter((place) => clusterSegments(intent, place).length > 0);
  const [first, ...more] = of === undefined ? places : places.filter(({ name }) => name === of);
  if (first !== undefined && more.length === 0) return first;
  const names = places.map(({ name }) => name).join(", ");
  throw new ProblemError([
    {
      code: "input-unknown",
      place: of === undefined ? "--intent" : "--place",
      got: of ?? `${file}, with ${places.length} places that have workloads`,
      allowed: names === "" ? 'segments with members such as { "workload": "shop/web" }' : names,
      next:
        names === ""
          ? "Name the workloads of the segments, or compare manifests with reach diff."
          : "Say with --place whose cluster the manifests are.",
    },
  ]);
}
