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

  /// Waits for one of them and gives its name.
  func wait() -> String {
    var (set, number) = (set, Int32(0))
    while unsafe sigwait(&set, &number) != 0 {}
    return number == SIGTERM ? "SIGTERM" : number == SIGINT ? "SIGINT" : "SIGHUP"
  }

  /// Ends the process at the next one, without another word.
  func endAtNext() throws(SystemError) {
    try SystemThread.detach { [self] in
      _ = wait()
      _exit(CommandFailure.Code.failed.rawValue)
    }
  }
}
