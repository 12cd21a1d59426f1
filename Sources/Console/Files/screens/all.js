/**
 * The screens after signing in. They are a script of their own, so that the sign-in screen is shown sooner.
 */
import { fillBar } from "../parts/bar.js";
import { createScreen } from "./create.js";
import { iccsScreen } from "./iccs.js";
import { noAccessScreen } from "./no-access.js";

export const screens = { iccs: iccsScreen, new: createScreen, "no-access": noAccessScreen };

export const showBar = fillBar;
