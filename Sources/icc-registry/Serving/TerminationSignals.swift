import Glibc
import System

/// The signals that ask the server to end. They are held back on every thread and taken by whoever
/// waits for them, so no code ever runs inside a signal handler.
struct TerminationSignals {
  private var set = sigset_t()

  /// Holds them back on this thread and on those that it starts from now on.
  init() {
    unsafe sigemptyset(&set)
    for signal in [SIGTERM, SIGINT, SIGHUP] { unsafe sigaddset(&set, signal) }
    unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// Waits for one of them and returns its name, or nil after `seconds`.
  func wait(seconds: Int) -> String? {
    var set = set
    var limit = timespec(tv_sec: seconds, tv_nsec: 0)
    return switch unsafe sigtimedwait(&set, nil, &limit) {
    case SIGTERM: "SIGTERM"
    case SIGINT: "SIGINT"
    case SIGHUP: "SIGHUP"
    default: nil
    }
  }

  /// Ends the process at the next one, without another word.
  func endAtNext() throws(SystemError) {
    try SystemThread.detach { [self] in
      while wait(seconds: 3600) == nil {}
      _exit(CommandFailure.Code.failed.rawValue)
    }
  }
}
