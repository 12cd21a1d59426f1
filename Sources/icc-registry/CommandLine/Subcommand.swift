/// One of the things that the command does.
protocol Subcommand: SendableMetatype {
  /// Its name on the command line; of two words where the first gathers several, as in `token create`.
  static var name: String { get }
  /// What stands behind the name in the help, options apart, such as `FILE`.
  static var operands: String { get }
  /// What it does, in a few words.
  static var summary: String { get }
  /// More about it: paragraphs for `help NAME`.
  static var description: String { get }
  /// Its own options.
  static var options: [Option] { get }
  /// The settings that it heeds; each is an option too.
  static var settings: [Setting] { get }

  /// Does it. Returns when it is done.
  static func run(_ arguments: Arguments, _ settings: Settings, _ console: any Console) throws(CommandFailure)
}

extension Subcommand {
  static var operands: String { "" }
  static var options: [Option] { [] }
  static var settings: [Setting] { Setting.all.filter { $0.name == "database" } }

  /// All that may be given with two hyphens.
  static var allOptions: [Option] { options + settings.map(\.option) + [ConfigurationFile.option] }
}
