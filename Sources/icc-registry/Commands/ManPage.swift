import JSON
import Manual

/// The man page, generated from the same tables as the help (man(7)).
enum ManPage {
  /// Returns the page.
  static func text(_ commands: [any Subcommand.Type]) -> String {
    """
    .TH ICC\\-REGISTRY 1 "" "icc\\-registry \(Version.number)" "icc\\-registry"
    .SH NAME
    icc\\-registry \\- registry of Import Connector Configs for imports from Amazon S3
    .SH SYNOPSIS
    .B icc\\-registry
    .I COMMAND
    .RI [ OPTION ...]
    .SH DESCRIPTION
    A registry of Import Connector Configs (ICCs) for imports from S3 buckets in other AWS accounts, with a REST API and a
    web console.
    .SH COMMANDS
    \(commands.map(section).joined(separator: "\n"))
    .SH SETTINGS
    Each setting is a field of the configuration file, an environment variable and an option of
    .BR "icc\\-registry serve" .
    Options override the environment, the environment overrides the file, the file overrides the defaults.
    \(Setting.all.map(item).joined(separator: "\n"))
    .SH EXIT STATUS
    .TP
    .B 0
    Success.
    .TP
    .B 1
    Failure. Standard error says what to do.
    .TP
    .B 2
    Wrong usage or configuration.
    .SH SEE ALSO
    The manual, with
    .BR "icc\\-registry help" :
    \(ManualPage.all.map { escaped($0.name) }.joined(separator: ", ")).

    """
  }

  private static func section(_ command: any Subcommand.Type) -> String {
    let paragraphs = command.description.split(separator: "\n").map { escaped($0) }
    let shared = command.settings.count > 5 ? [] : command.settings.map(\.option)
    let options = command.options + shared + [ConfigurationFile.option]
    return ".SS \"icc\\-registry \(escaped(command.usage))\"\n" + paragraphs.joined(separator: "\n.PP\n") + "\n"
      + options.map { ".TP\n.B \(escaped($0.usage))\n\(escaped($0.meaning))" }.joined(separator: "\n")
  }

  private static func item(_ setting: Setting) -> String {
    let names = "\(setting.name), \(setting.environmentName), --\(setting.optionName)"
    return ".TP\n.B \(escaped(names))\n\(escaped(setting.meaning)) Default: \(escaped(setting.json(Settings()).text()))"
  }

  /// Returns the text with the characters escaped that roff gives a meaning: the backslash, the
  /// hyphen (a minus here, so that it can be copied), quotes, and a dot at the start of a line.
  private static func escaped(_ text: some StringProtocol) -> String {
    let escaped = text.reduce(into: "") { result, character in
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "\"": result += "\\(dq"
      case "'": result += "\\(aq"
      case "…": result += "..."
      default: result.append(character)
      }
    }
    return escaped.hasPrefix(".") ? "\\&" + escaped : escaped
  }
}
