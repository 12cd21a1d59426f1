import JSON
import Manual

/// The texts that `--help` and `help` print.
enum HelpText {
  /// The width of a terminal line.
  private static let width = 100

  /// Returns all subcommands and manual pages.
  static func overview(_ commands: [any Subcommand.Type]) -> String {
    """
    icc-registry: Import Connector Configs (ICCs) for imports from S3 buckets in other AWS accounts.

    Usage: icc-registry COMMAND [OPTION…]

    Commands:
    \(table(commands.map { ($0.usage, $0.summary) }))
      --version
          Prints the version and the commit.

    icc-registry help COMMAND      explains a command.
    icc-registry help settings     lists every setting.
    icc-registry help config-file  prints a configuration file with every setting and its default.
    icc-registry help man-page     prints a man page.
    icc-registry help PAGE         prints a page of the manual:
    \(ManualPage.all.map { "  \(padded($0.name)) \($0.summary)" }.joined(separator: "\n"))

    Exit codes: 0 success, 1 failure, 2 wrong usage or configuration.
    """
  }

  /// Returns the subcommands of a group, such as `token`.
  static func group(_ name: String, _ commands: [any Subcommand.Type]) -> String {
    """
    Usage: icc-registry \(name) COMMAND [OPTION…]

    Commands:
    \(table(commands.map { ($0.usage, $0.summary) }))

    icc-registry help \(name) COMMAND explains a command.
    """
  }

  /// Returns the help of one subcommand.
  static func page(_ command: any Subcommand.Type) -> String {
    """
    Usage: icc-registry \(command.usage) [OPTION…]

    \(wrapped(command.description, indent: 0))

    Options:
    \(table(command.allOptions.map { ($0.usage, $0.meaning) }))
    """
  }

  /// The help of every setting.
  static var settings: String {
    let rows = Setting.all.map { setting in
      let fallback = setting.json(Settings()).text()
      return ("\(setting.name)  \(setting.environmentName)  --\(setting.optionName)  (\(fallback))", setting.meaning)
    }
    return """
      Settings: the key in the configuration file, the environment variable, the option, the default.
      Options override the environment, the environment overrides the file, the file overrides the defaults.

      \(table(rows))
      """
  }

  private static func padded(_ name: String) -> String {
    name + String(repeating: " ", count: max(0, 16 - name.count))
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
