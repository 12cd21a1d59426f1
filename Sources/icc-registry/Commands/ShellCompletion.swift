/// Completion scripts for bash and zsh: one `case` over the words before the current one.
enum ShellCompletion {
  /// The commands that offer completions in a shell.
  private struct Dialect {
    /// Returns the command that offers these words.
    let words: @Sendable ([String]) -> String
    /// The command that offers files.
    let files: String
  }

  /// Returns the script for bash. A `compgen` with an empty word list offers nothing.
  static func bash(_ commands: [any Subcommand.Type]) -> String {
    let dialect = Dialect(
      words: { "mapfile -t COMPREPLY < <(compgen -W '\($0.joined(separator: " "))' -- \"$current\")" },
      files: "mapfile -t COMPREPLY < <(compgen -f -- \"$current\")")
    return """
      # shellcheck shell=bash
      # Completion for bash, printed by: icc-registry completion bash
      _icc_registry() {
        local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
        COMPREPLY=()
      \(cases("\"${COMP_WORDS[*]:1:COMP_CWORD-1} \"", commands, dialect))
      }
      complete -o filenames -F _icc_registry icc-registry

      """
  }

  /// Returns the script for zsh, which can be sourced, or put into a folder of `fpath`.
  static func zsh(_ commands: [any Subcommand.Type]) -> String {
    let dialect = Dialect(words: { "compadd -- \($0.joined(separator: " "))" }, files: "_files")
    return """
      #compdef icc-registry
      # Completion for zsh, printed by: icc-registry completion zsh
      _icc_registry() {
        local previous=${words[CURRENT-1]}
      \(cases("\"${words[2,CURRENT-1]} \"", commands, dialect))
      }
      if [ "${funcstack[1]:-}" = _icc-registry ]; then _icc_registry "$@"; else compdef _icc_registry icc-registry; fi

      """
  }

  private static func cases(_ line: String, _ commands: [any Subcommand.Type], _ dialect: Dialect) -> String {
    let names = commands.map { $0.name.split(separator: " ").map(String.init) }
    let groups = Set(names.filter { $0.count > 1 }.map { $0[0] }).sorted()
    let first = unique(names.map { $0[0] }) + ["help", "--help", "--version"]
    let helpTopics = unique(names.map { $0[0] }) + Program.topics
    var branches = [
      branch("' '", dialect.words(first)), branch("'help '", dialect.words(helpTopics)),
    ]
    for group in groups {
      let members = names.filter { $0[0] == group }.map { $0[1] }
      branches.append(branch("'\(group) '", dialect.words(members + ["--help"])))
      branches.append(branch("'help \(group) '", dialect.words(members)))
    }
    branches += commands.map { branch("'\($0.name) '*", options(of: $0, dialect)) }
    return "  case \(line) in\n\(branches.joined(separator: "\n"))\n  esac"
  }

  /// The completion after a subcommand's name: a value after an option that takes one, else options
  /// and operands.
  private static func options(of command: any Subcommand.Type, _ dialect: Dialect) -> String {
    var branches: [String] = []
    for option in command.allOptions {
      guard let value = option.value else { continue }
      let completion =
        value == "FILE" ? dialect.files : value.contains("|") ? dialect.words(choices(value)) : ":"
      branches.append("        --\(option.name)) \(completion) ;;")
    }
    let names = command.allOptions.map { "--" + $0.name } + ["--help"]
    let operands = command.name == Completion.name ? Completion.shells : []
    let rest =
      command.operands == "FILE"
      ? "case \(dialect.files == "_files" ? "${words[CURRENT]}" : "$current") in -*) \(dialect.words(names)) ;; *) \(dialect.files) ;; esac"
      : dialect.words(operands + names)
    branches.append("        *) \(rest) ;;")
    return "case $previous in\n\(branches.joined(separator: "\n"))\n      esac"
  }

  private static func branch(_ pattern: String, _ command: String) -> String {
    "    \(pattern))\n      \(command)\n      ;;"
  }

  /// Returns the alternatives of a placeholder such as `json|text`.
  static func choices(_ value: String) -> [String] { value.split(separator: "|").map(String.init) }

  private static func unique(_ names: [String]) -> [String] {
    names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}
