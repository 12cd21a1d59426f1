/// An option of a subcommand.
struct Option: Sendable, Equatable {
  /// The name, without the two hyphens.
  let name: String
  /// The placeholder for its value in the help, such as `FILE`; nil for a flag.
  let value: String?
  /// The description for the help.
  let meaning: String
  /// True if the subcommand cannot run without it.
  let isRequired: Bool

  init(name: String, value: String?, meaning: String, isRequired: Bool = false) {
    self.name = name
    self.value = value
    self.meaning = meaning
    self.isRequired = isRequired
  }

  /// The option as a usage line shows it: `--name VALUE`.
  var usage: String { "--" + name + (value.map { " " + $0 } ?? "") }
}
