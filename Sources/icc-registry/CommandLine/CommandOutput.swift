/// The output of a command: standard output for the result only, standard error for the rest.
protocol CommandOutput: Sendable {
  /// True if standard output is a terminal.
  var isTerminal: Bool { get }
  /// Writes to standard output.
  func write(_ text: String) throws(CommandFailure)
  /// Writes a line to standard error.
  func writeError(_ line: String)
  /// Replaces the last progress on standard error, if that is a terminal.
  func showProgress(_ text: String)
}

extension CommandOutput {
  /// Writes a line to standard output.
  func writeLine(_ line: String) throws(CommandFailure) { try write(line + "\n") }
}
