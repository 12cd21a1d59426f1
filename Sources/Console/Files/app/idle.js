/**
 * Signs out a user who has left: after half an hour without a key, a click or a touch in any tab of the console. A browser
 * that was chosen to stay signed in does: the next visit would sign in again.
 */
import { tell } from "../parts/dialog.js";

/** The milliseconds without activity until the user is signed out, and those before that in which the user is asked. */
const LIMIT = 30 * 60_000;
const NOTICE = 60_000;
/** The milliseconds between two checks, and between two reports to the other tabs. */
const CHECK = 5000;

const channel = new BroadcastChannel("icc-registry-activity");
let last = Date.now();
let told = 0;
let isAsking = false;

/**
 * Starts to watch. It is called once.
 * @param {() => boolean} isSignedIn true for a user who can be signed out
 * @param {(why: string) => void} leave called after the time is over
 */
export function watchIdle(isSignedIn, leave) {
  for (const kind of ["pointerdown", "keydown", "wheel", "touchstart"]) window.addEventListener(kind, note, { passive: true });
  channel.addEventListener("message", () => { last = Date.now(); });
  setInterval(() => {
    if (!isSignedIn()) {
      last = Date.now();
      return;
    }
    const idle = Date.now() - last;
    if (idle >= LIMIT) leave("You were signed out after 30 minutes without activity. Your unsaved input is kept in this tab.");
    else if (idle >= LIMIT - NOTICE && !isAsking) askToStay();
  }, CHECK);
}

function note() {
  last = Date.now();
  if (last - told < CHECK) return;
  told = last;
  channel.postMessage("active");
}

async function askToStay() {
  isAsking = true;
  const stays = await tell({
    title: "Are you still there?", body: "You have not used the console for half an hour. You will be signed out in one minute.", close: "Stay signed in",
  });
  isAsking = false;
  if (stays) note();
}
