import Manual

/// The command: finds the subcommand, reads its options and the settings, and runs it.
struct Program {
  /// All subcommands, in the order of the help.
  static let commands: [any Subcommand.Type] = [
    Serve.self, Migrate.self, TokenCreate.self, TokenList.self, TokenRevoke.self, CheckPolicy.self, Backup.self,
    Restore.self, VerifyDatabase.self, Import.self, Export.self, Copy.self,
    Completion.self,
  ]

  let output: any CommandOutput
  let environment: [(name: String, value: String)]

  /// Runs the command line, without the program's own name. An error goes to standard error.
  func run(_ words: [String]) -> Int32 {
    guard let first = words.first else {
      output.writeError(HelpText.overview(Self.commands))
      return CommandFailure.Code.usage.rawValue
    }
    do {
      try dispatch(first, words)
      return 0
    } catch {
      output.writeError("icc-registry: \(error.message)")
      return error.code.rawValue
    }
  }

  private func dispatch(_ first: String, _ words: [String]) throws(CommandFailure) {
    switch first {
    case "--help", "-h": try output.writeLine(HelpText.overview(Self.commands))
    case "--version": try output.writeLine("icc-registry \(Version.description)")
    case "help": try help(Array(words.dropFirst()))
    default: try runSubcommand(words)
    }
  }

  private func help(_ words: [String]) throws(CommandFailure) {
    switch words {
    case []: try output.writeLine(HelpText.overview(Self.commands))
    case ["settings"]: try output.writeLine(HelpText.settings)
    case ["config-file"]: try output.write(ConfigurationFile.template)
    case ["man-page"]: try output.write(ManPage.text(Self.commands))
    default:
      if let page = ManualPage.all.first(where: { words == [$0.name] }) { return try output.write(page.terminalText) }
      if let group = Self.group(words) { return try output.writeLine(group) }
      let (command, rest) = try Self.find(words, alsoKnown: Self.topics)
      if let extra = rest.first { throw .usage("unexpected argument \(quoted(extra))") }
      try output.writeLine(HelpText.page(command))
    }
  }

  private func runSubcommand(_ words: [String]) throws(CommandFailure) {
    if words.dropFirst().first.map(Self.isHelp) == true, let group = Self.group([words[0]]) {
      return try output.writeLine(group)
    }
    let (command, rest) = try Self.find(words)
    if let end = rest.firstIndex(where: Self.isHelp), !rest[..<end].contains("--") {
      return try output.writeLine(HelpText.page(command))
    }
    do {
      let arguments = try Arguments(rest, allowing: command.allOptions)
      try command.checkRequired(arguments)
      let settings = try Settings(
        arguments, options: command.settings, usualFile: command.usualFile, environment: environment)
      try command.run(arguments, settings, output)
    } catch {
      throw error.code == .usage ? Self.pointing(error, to: command) : error
    }
  }

  /// Returns the subcommand whose name of one or two words starts the line, and the words after it.
  static func find(
    _ words: [String], alsoKnown: [String] = []
  ) throws(CommandFailure) -> (any Subcommand.Type, [String]) {
    for command in commands {
      let name = command.name.split(separator: " ").map(String.init)
      if words.starts(with: name) { return (command, Array(words.dropFirst(name.count))) }
    }
    let first = words.first ?? ""
    let group = commands.filter { $0.name.hasPrefix(first + " ") }.map { $0.name }
    if !group.isEmpty { throw .usage("\(first) needs one of: " + group.joined(separator: ", ")) }
    let known = commands.map { $0.name } + ["help"] + alsoKnown
    throw .usage(
      "unknown command \(quoted(first))\(suggestion(for: first, among: known)) (`icc-registry --help` lists them)")
  }

  /// The words besides the commands that `help` takes.
  static var topics: [String] { ["settings", "config-file", "man-page"] + ManualPage.all.map(\.name) }

  /// Returns the help of a group of subcommands, if the words are its name.
  private static func group(_ words: [String]) -> String? {
    guard let name = words.first, words.count == 1 else { return nil }
    let members = commands.filter { $0.name.hasPrefix(name + " ") }
    return members.isEmpty ? nil : HelpText.group(name, members)
  }

  private static func isHelp(_ word: String) -> Bool { word == "--help" || word == "-h" }

  private static func pointing(_ failure: CommandFailure, to command: any Subcommand.Type) -> CommandFailure {
    .usage("\(failure.message) (see `icc-registry help \(command.name)`)")
  }
}
