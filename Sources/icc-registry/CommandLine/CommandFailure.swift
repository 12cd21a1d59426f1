/// The reason why a command failed: one line for the person who ran it, and the exit code.
struct CommandFailure: Error, Equatable {
  /// The exit codes of a failed command.
  enum Code: Int32 {
    /// The command could not do its work.
    case failed = 1
    /// The command line or the configuration is wrong.
    case usage = 2
  }

  let code: Code
  let message: String

  /// The command could not do its work; `message` says why and what to do.
  static func failed(_ message: String) -> CommandFailure { CommandFailure(code: .failed, message: message) }

  /// The command line or the configuration is wrong; `message` says where and what is allowed.
  static func usage(_ message: String) -> CommandFailure { CommandFailure(code: .usage, message: message) }

  /// The option's value contains a password.
  static func passwordShown(_ option: String) -> CommandFailure {
    .usage("--\(option) must not contain a password: put it into a password file, see `icc-registry help postgresql`")
  }
}
