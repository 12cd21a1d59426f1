/// An option of a subcommand.
struct Option: Sendable, Equatable {
  /// The name, without the two hyphens.
  let name: String
  /// What stands for its value in the help, such as `FILE`; nil for a flag, which has none.
  let value: String?
  /// What it does, for the help.
  let meaning: String
}
