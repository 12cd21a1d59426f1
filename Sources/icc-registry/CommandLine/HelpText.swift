import JSON

/// What `--help` and `help` print.
enum HelpText {
  /// The width of a terminal line.
  private static let width = 100

  /// All subcommands, and where to read on.
  static func overview(_ commands: [any Subcommand.Type]) -> String {
    let rows = commands.map { (usage(of: $0), $0.summary) }
    return """
      icc-registry: Import Connector Configs (ICCs) for S3 cross-account imports, over a REST API.

      Usage: icc-registry COMMAND [OPTION…]

      Commands:
      \(table(rows))
        --version
            Prints the version.

      icc-registry help COMMAND     says more about a command.
      icc-registry help settings    lists every key of the configuration.
      icc-registry help config-file prints a configuration file with every key, its meaning and its default.

      Exit codes: 0 done, 1 failed, 2 wrong usage or configuration.
      """
  }

  /// One subcommand with its options.
  static func page(_ command: any Subcommand.Type) -> String {
    let options = command.allOptions.map { ("--" + $0.name + ($0.value.map { " " + $0 } ?? ""), $0.meaning) }
    return "Usage: icc-registry \(usage(of: command)) [OPTION…]\n\n\(wrapped(command.description, indent: 0))\n\n"
      + "Options:\n\(table(options))"
  }

  /// Every key of the configuration.
  static var settings: String {
    let rows = Setting.all.map { setting in
      let fallback = setting.json(Settings()).text()
      return ("\(setting.name)  \(setting.environmentName)  --\(setting.optionName)  (\(fallback))", setting.meaning)
    }
    return """
      Settings, each with its key in the configuration file, its environment variable, its option and its default.
      Options rule over the environment, the environment over the file, the file over the defaults.

      \(table(rows))
      """
  }

  private static func usage(of command: any Subcommand.Type) -> String {
    command.operands.isEmpty ? command.name : "\(command.name) \(command.operands)"
  }

  private static func table(_ rows: [(String, String)]) -> String {
    rows.map { "  \($0.0)\n\(wrapped($0.1, indent: 6))" }.joined(separator: "\n")
  }

  private static func wrapped(_ text: String, indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { paragraph in
      var lines: [String] = []
      for word in paragraph.split(separator: " ") {
        if let last = lines.last, last.count + 1 + word.count <= width {
          lines[lines.count - 1] = last + " " + word
        } else {
          lines.append(margin + word)
        }
      }
      return lines.joined(separator: "\n")
    }.joined(separator: "\n")
  }
}
