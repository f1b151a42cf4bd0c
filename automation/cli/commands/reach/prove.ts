/** `reach --intent`: whether a network means exactly what its intent says. */
import { ProblemError } from "../../../../model/base/problem.ts";
import type { Gap, GapKind } from "../../../../model/policy/gap.ts";
import { originText } from "../../../../model/policy/gap.ts";
import { readIntentFile } from "../../../reach/intent-file.ts";
import type { OpenWay, PlaceProof } from "../../../reach/proofs.ts";
import { provePlaces } from "../../../reach/proofs.ts";
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
    readonly json: boolean;
  },
): Promise<ExitCode> {
  const intent = readIntentFile(request.intent);
  const { topology, notes, plan } = await request.read(request.place);
  if (plan === undefined) throw new ProblemError([noPlan(request.intent)]);
  noteAll(context, topology, notes);
  const proofs = provePlaces(topology, plan, intent, request.intent);
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

function noPlan(file: string) {
  return {
    code: "input-unknown",
    place: "--intent",
    got: `${file} for Kubernetes manifests`,
    allowed: "--intent together with --state FILE or --stack NAME",
    next: "A network intent speaks of clouds; compare manifests with reach diff.",
  } as const;
}
