import Glibc
import System

/// The signals to the server: SIGTERM and SIGINT end it, SIGHUP opens the log again, and SIGUSR1 is
/// ignored. They are blocked on every thread and taken by the one that waits for them, so no code
/// ever runs inside a signal handler.
struct ServerSignals {
  private var set = sigset_t()

  /// Blocks them on this thread and on those that it starts from now on.
  init() {
    signal(SIGUSR1, SIG_IGN)
    unsafe sigemptyset(&set)
    for signal in [SIGTERM, SIGINT, SIGHUP] { unsafe sigaddset(&set, signal) }
    unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// Waits for one of them and returns its name, or nil after this time.
  func wait(milliseconds: Int) -> String? {
    var set = set
    var limit = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
    return switch unsafe sigtimedwait(&set, nil, &limit) {
    case SIGTERM: "SIGTERM"
    case SIGINT: "SIGINT"
    case SIGHUP: "SIGHUP"
    default: nil
    }
  }

  /// Ends the process at the next SIGTERM or SIGINT, without a message.
  func endAtNext() throws(SystemError) {
    try SystemThread.detach { [self] in
      while [nil, "SIGHUP"].contains(wait(milliseconds: 3_600_000)) {}
      _exit(CommandFailure.Code.failed.rawValue)
    }
  }
}
