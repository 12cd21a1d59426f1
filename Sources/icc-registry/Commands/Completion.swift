/// The subcommand `completion`.
enum Completion: Subcommand {
  static let name = "completion"
  static let operands = "SHELL"
  static let summary = "Prints a completion script for bash, zsh or fish."
  static let description = """
    Prints a completion script for SHELL: bash, zsh or fish.

    bash: source <(icc-registry completion bash)
    zsh: source <(icc-registry completion zsh), after compinit
    fish: icc-registry completion fish > ~/.config/fish/completions/icc-registry.fish
    """
  static let settings: [Setting] = []
  /// The shells, which are also the operands to complete.
  static let shells = ["bash", "zsh", "fish"]

  static func run(_ arguments: Arguments, _ settings: Settings, _ output: any CommandOutput) throws(CommandFailure) {
    let shell = try arguments.operands("SHELL")[0]
    switch shell {
    case "bash": try output.write(ShellCompletion.bash(Program.commands))
    case "zsh": try output.write(ShellCompletion.zsh(Program.commands))
    case "fish": try output.write(FishCompletion.script(Program.commands))
    default: throw .usage("SHELL must be one of \(shells.joined(separator: ", ")), but is \(quoted(shell))")
    }
  }
}
