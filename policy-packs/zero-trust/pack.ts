/** Serves the zero-trust pack to the engine. */
import { servePack } from "../kit/pack.ts";
import { zeroTrust } from "./definition.ts";

servePack(zeroTrust);
