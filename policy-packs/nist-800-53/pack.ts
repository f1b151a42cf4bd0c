/** Serves the nist-800-53 pack to the engine. */
import { servePack } from "../kit/pack.ts";
import { card } from "./card.ts";

servePack(card, async () => (await import("./definition.ts")).nist80053);
