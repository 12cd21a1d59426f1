import Glibc
import System

/// The standard output and standard error of this process.
struct StandardStreams: CommandOutput {
  var isTerminal: Bool { isatty(STDOUT_FILENO) != 0 }

  func write(_ text: String) throws(CommandFailure) {
    do {
      try Descriptor.write(Array(text.utf8), to: STDOUT_FILENO)
    } catch {
      throw .failed("cannot write to standard output: \(error.message)")
    }
  }

  func writeError(_ line: String) {
    try? Descriptor.write(Array((line + "\n").utf8), to: STDERR_FILENO)
  }
}
