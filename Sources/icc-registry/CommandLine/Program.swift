/// The whole command: finds the subcommand, reads its options and the settings, runs it and gives the exit code.
struct Program {
  /// What `--version` prints, and the version in the OpenAPI document.
  static let version = "0.1.0"

  /// All subcommands, in the order of the help.
  static let commands: [any Subcommand.Type] = [
    Serve.self, Migrate.self, TokenCreate.self, TokenList.self, TokenRevoke.self, CheckPolicy.self, Backup.self,
    Restore.self, VerifyDatabase.self,
  ]

  let console: any Console
  let environment: [(name: String, value: String)]

  /// Runs the command line (without the program's own name) and says on standard error what went wrong, if something did.
  func run(_ words: [String]) -> Int32 {
    do {
      try dispatch(words)
      return 0
    } catch {
      console.say("icc-registry: \(error.message)")
      return error.code.rawValue
    }
  }

  private func dispatch(_ words: [String]) throws(CommandFailure) {
    guard let first = words.first else {
      throw .usage("no command given (`icc-registry --help` lists them)")
    }
    switch first {
    case "--help", "-h": try console.writeLine(HelpText.overview(Self.commands))
    case "--version": try console.writeLine("icc-registry \(Self.version)")
    case "help": try help(Array(words.dropFirst()))
    default: try runSubcommand(words)
    }
  }

  private func help(_ words: [String]) throws(CommandFailure) {
    switch words {
    case []: try console.writeLine(HelpText.overview(Self.commands))
    case ["settings"]: try console.writeLine(HelpText.settings)
    case ["config-file"]: try console.write(ConfigurationFile.template)
    default:
      let (command, rest) = try Self.find(words)
      if let extra = rest.first { throw .usage("unexpected argument \(quoted(extra))") }
      try console.writeLine(HelpText.page(command))
    }
  }

  private func runSubcommand(_ words: [String]) throws(CommandFailure) {
    let (command, rest) = try Self.find(words)
    if let end = rest.firstIndex(where: { $0 == "--help" || $0 == "-h" }), !rest[..<end].contains("--") {
      return try console.writeLine(HelpText.page(command))
    }
    let arguments: Arguments
    let settings: Settings
    do {
      arguments = try Arguments(rest, allowing: command.allOptions)
      settings = try Settings(arguments, options: command.settings, environment: environment)
      try command.run(arguments, settings, console)
    } catch {
      throw error.code == .usage ? Self.pointing(error, to: command) : error
    }
  }

  /// The subcommand whose name, of one word or two, the line begins with, and the words behind it.
  static func find(_ words: [String]) throws(CommandFailure) -> (any Subcommand.Type, [String]) {
    for command in commands {
      let name = command.name.split(separator: " ").map(String.init)
      if words.starts(with: name) { return (command, Array(words.dropFirst(name.count))) }
    }
    let first = words.first ?? ""
    let group = commands.filter { $0.name.hasPrefix(first + " ") }.map { $0.name }
    if !group.isEmpty { throw .usage("\(first) needs one of: " + group.joined(separator: ", ")) }
    let known = commands.map { $0.name } + ["help"]
    throw .usage(
      "unknown command \(quoted(first))\(suggestion(for: first, among: known)) (`icc-registry --help` lists them)")
  }

  private static func pointing(_ failure: CommandFailure, to command: any Subcommand.Type) -> CommandFailure {
    .usage("\(failure.message) (see `icc-registry help \(command.name)`)")
  }
}
