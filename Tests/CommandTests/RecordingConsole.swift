import System

@testable import icc_registry

/// Keeps what a command says.
final class RecordingConsole: Console {
  private let texts = Locked((output: "", error: ""))

  var output: String { texts.withLock { $0.output } }
  var error: String { texts.withLock { $0.error } }

  func write(_ text: String) { texts.withLock { $0.output += text } }
  func say(_ text: String) { texts.withLock { $0.error += text + "\n" } }
}
