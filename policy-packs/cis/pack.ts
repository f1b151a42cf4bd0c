/** Serves the cis pack to the engine. */
import { servePack } from "../kit/pack.ts";
import { card } from "./card.ts";

servePack(card, async () => (await import("./definition.ts")).cis);
