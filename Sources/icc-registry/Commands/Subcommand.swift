/// A subcommand: its help, its options, and the function that runs it.
protocol Subcommand: SendableMetatype {
  /// The name on the command line; two words for a group, as in `token create`.
  static var name: String { get }
  /// The positional arguments in the help, such as `FILE`.
  static var operands: String { get }
  /// One sentence for the list of commands.
  static var summary: String { get }
  /// The paragraphs of `help NAME`.
  static var description: String { get }
  /// Its own options.
  static var options: [Option] { get }
  /// The names of options of which at least one must be given; empty if there is no such rule.
  static var oneOfOptions: [String] { get }
  /// The settings that it uses; each is an option too.
  static var settings: [Setting] { get }
  /// The configuration file that it reads if none is named, or nil.
  static var usualFile: String? { get }

  /// Runs the subcommand. Returns when it is done.
  static func run(_ arguments: Arguments, _ settings: Settings, _ output: any CommandOutput) throws(CommandFailure)
}

extension Subcommand {
  static var operands: String { "" }
  static var options: [Option] { [] }
  static var oneOfOptions: [String] { [] }
  static var settings: [Setting] { Setting.all.filter { $0.name == "database" } }
  static var usualFile: String? { nil }

  /// Every option: its own, one per setting, and `--config`.
  static var allOptions: [Option] { options + settings.map(\.option) + [ConfigurationFile.option] }

  /// The name, the required options and the operands, as a usage line shows them.
  static var usage: String {
    var words = [name] + options.filter(\.isRequired).map(\.usage)
    let alternatives = options.filter { oneOfOptions.contains($0.name) }.map(\.usage)
    if !alternatives.isEmpty { words.append("{" + alternatives.joined(separator: " | ") + "}") }
    return (words + (operands.isEmpty ? [] : [operands])).joined(separator: " ")
  }

  /// Throws a usage error that names every missing option at once.
  static func checkRequired(_ arguments: Arguments) throws(CommandFailure) {
    var missing = options.filter { $0.isRequired && !arguments.has($0.name) }.map { "--" + $0.name }
    if !oneOfOptions.isEmpty, !oneOfOptions.contains(where: arguments.has) {
      missing.append("one of " + oneOfOptions.map { "--" + $0 }.joined(separator: ", "))
    }
    guard !missing.isEmpty else { return }
    throw .usage("missing: " + missing.joined(separator: "; "))
  }
}
