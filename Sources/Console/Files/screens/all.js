/**
 * The screens after signing in. They are a script of their own, so that the sign-in screen is shown sooner.
 */
import { auditScreen } from "../admin/audit.js";
import { organisationsScreen } from "../admin/organisations.js";
import { tokensScreen } from "../admin/tokens.js";
import { watchIdle } from "../app/idle.js";
import { fillBar } from "../parts/bar.js";
import { createScreen } from "./create.js";
import { iccsScreen } from "./iccs.js";
import { noAccessScreen } from "./no-access.js";

/** The screens by their path in the address, with the permission that each needs. */
export const screens = {
  iccs: { permission: "icc.list", open: iccsScreen },
  new: { permission: "icc.list", open: createScreen },
  organisations: { permission: "organisation.read", open: organisationsScreen },
  tokens: { permission: "token.list", open: tokensScreen },
  audit: { permission: "token.list", open: auditScreen },
  "no-access": { permission: "session.read", open: noAccessScreen },
};

export const showBar = fillBar;

export const signOutWhenIdle = watchIdle;
