import System

@testable import icc_registry

/// Records the output of a command.
final class RecordingOutput: CommandOutput {
  private let texts = Locked((output: "", error: ""))

  var isTerminal: Bool { false }
  var standardOutput: String { texts.withLock { $0.output } }
  var standardError: String { texts.withLock { $0.error } }

  func write(_ text: String) { texts.withLock { $0.output += text } }
  func showProgress(_ text: String) {}
  func writeError(_ line: String) { texts.withLock { $0.error += line + "\n" } }
}
