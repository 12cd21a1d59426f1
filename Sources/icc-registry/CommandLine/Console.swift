/// Where a command speaks. Standard output carries what was asked for and nothing else; standard error everything else.
protocol Console: Sendable {
  /// Writes to standard output.
  func write(_ text: String) throws(CommandFailure)
  /// Writes to standard error.
  func say(_ text: String)
}

extension Console {
  /// Writes a line to standard output.
  func writeLine(_ line: String) throws(CommandFailure) { try write(line + "\n") }
}
