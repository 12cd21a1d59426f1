/// The completion script for fish: one `complete` line per command, option and topic.
enum FishCompletion {
  /// Returns the script.
  static func script(_ commands: [any Subcommand.Type]) -> String {
    var lines = [
      "# Completion for fish, printed by: icc-registry completion fish",
      "complete -c icc-registry -f",
      "complete -c icc-registry -n __fish_use_subcommand -a help -d 'Explains a command or prints a page of the manual.'",
      "complete -c icc-registry -n __fish_use_subcommand -l version -d 'Prints the version and the commit.'",
    ]
    lines += Program.topics.map { "complete -c icc-registry -n '__fish_seen_subcommand_from help' -a \($0)" }
    for command in commands { lines += self.lines(of: command) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(of command: any Subcommand.Type) -> [String] {
    let words = command.name.split(separator: " ").map(String.init)
    let isThis = words.map { "__fish_seen_subcommand_from \($0)" }.joined(separator: "; and ")
    var lines: [String] = []
    if words.count == 1 {
      lines.append("complete -c icc-registry -n __fish_use_subcommand -a \(words[0]) -d \(quoted(command.summary))")
    } else {
      lines.append("complete -c icc-registry -n __fish_use_subcommand -a \(words[0])")
      lines.append(
        "complete -c icc-registry -n '__fish_seen_subcommand_from \(words[0])' -a \(words[1]) -d \(quoted(command.summary))"
      )
    }
    if command.operands == "FILE" { lines.append("complete -c icc-registry -n '\(isThis)' -F") }
    if command.name == Completion.name {
      lines.append("complete -c icc-registry -n '\(isThis)' -a '\(Completion.shells.joined(separator: " "))'")
    }
    return lines + command.allOptions.map { line(of: $0, isThis) }
  }

  private static func line(of option: Option, _ isThis: String) -> String {
    let value =
      switch option.value {
      case nil: ""
      case "FILE"?: " -r -F"
      case let value? where value.contains("|"): " -x -a '\(ShellCompletion.choices(value).joined(separator: " "))'"
      default: " -x"
      }
    return "complete -c icc-registry -n '\(isThis)' -l \(option.name)\(value) -d \(quoted(option.meaning))"
  }

  /// Returns a text in single quotes, where fish gives only `\` and `'` a meaning.
  private static func quoted(_ text: String) -> String {
    let escaped = text.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
    return "'\(escaped)'"
  }
}
