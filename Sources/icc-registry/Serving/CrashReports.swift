import Glibc

/// The reports of a crash: the system's core dump and the backtrace of the Swift runtime.
enum CrashReports {
  /// Turns both off: they contain memory and registers, and with them parts of tokens. The
  /// backtrace is made by the runtime's handlers of these signals:
  /// https://github.com/swiftlang/swift/blob/main/docs/Backtracing.rst
  static func disable() {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    for fault in [SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP] { signal(fault, SIG_DFL) }
  }
}
