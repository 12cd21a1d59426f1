import Glibc
import System

/// The standard output and standard error of this process.
struct StandardStreams: CommandOutput {
  /// Opens closed standard descriptors on `/dev/null`. Otherwise the next files that are opened get
  /// their numbers, and the log is written into one of them.
  static func openMissing() {
    for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 {
      // open(2) returns the lowest free number.
      _ = unsafe open("/dev/null", O_RDWR)
    }
  }

  var isTerminal: Bool { isatty(STDOUT_FILENO) != 0 }

  func write(_ text: String) throws(CommandFailure) {
    do {
      try Descriptor.write(Array(text.utf8), to: STDOUT_FILENO)
    } catch {
      throw .failed("cannot write to standard output: \(error.message)")
    }
  }

  /// The control sequences that return to the start of the line and clear it (ECMA-48).
  private static let clearLine = "\r\u{1B}[K"

  func writeError(_ line: String) {
    let cleared = isatty(STDERR_FILENO) != 0 ? Self.clearLine : ""
    try? Descriptor.write(Array((cleared + line + "\n").utf8), to: STDERR_FILENO)
  }

  func showProgress(_ text: String) {
    guard isatty(STDERR_FILENO) != 0 else { return }
    try? Descriptor.write(Array((Self.clearLine + text).utf8), to: STDERR_FILENO)
  }
}
