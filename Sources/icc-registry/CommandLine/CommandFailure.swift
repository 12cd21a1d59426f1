/// Why the command ends without having done what it was asked: one line for the person who ran it, and the exit code.
struct CommandFailure: Error, Equatable {
  /// The exit codes of the command.
  enum Code: Int32 {
    /// It could not be done.
    case failed = 1
    /// The command line or the configuration is wrong.
    case usage = 2
  }

  let code: Code
  let message: String

  /// It could not be done; `message` says why and what to do.
  static func failed(_ message: String) -> CommandFailure { CommandFailure(code: .failed, message: message) }

  /// The command line or the configuration is wrong; `message` says where and what would be right.
  static func usage(_ message: String) -> CommandFailure { CommandFailure(code: .usage, message: message) }
}
