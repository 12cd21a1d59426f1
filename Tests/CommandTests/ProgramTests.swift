import Testing

@testable import icc_registry

struct ProgramTests {
  private static func run(_ words: String...) -> (code: Int32, output: String, error: String) {
    let console = RecordingConsole()
    let code = Program(console: console, environment: []).run(words)
    return (code, console.output, console.error)
  }

  @Test func versionAndHelpGoToStandardOutput() {
    let version = Self.run("--version")
    #expect(version == (0, "icc-registry \(Program.version)\n", ""))
    let help = Self.run("--help")
    #expect(help.code == 0 && help.error.isEmpty)
    for command in Program.commands { #expect(help.output.contains("  \(command.name)")) }
  }

  @Test func helpSettingsNamesEverySetting() {
    let help = Self.run("help", "settings")
    #expect(help.code == 0)
    for setting in Setting.all {
      #expect(help.output.contains("  \(setting.name)  \(setting.environmentName)  --\(setting.optionName)  ("))
    }
  }

  @Test(arguments: Program.commands.map { $0.name })
  func everyCommandHasAPage(name: String) {
    let console = RecordingConsole()
    let program = Program(console: console, environment: [])
    #expect(program.run(["help"] + name.split(separator: " ").map(String.init)) == 0)
    #expect(console.output.hasPrefix("Usage: icc-registry \(name)"))
    let again = RecordingConsole()
    let other = Program(console: again, environment: [])
    #expect(other.run(name.split(separator: " ").map(String.init) + ["--help"]) == 0)
    #expect(again.output == console.output)
  }

  @Test(arguments: [
    ([], "icc-registry: no command given (`icc-registry --help` lists them)\n"),
    (["frobnicate"], "icc-registry: unknown command \"frobnicate\" (`icc-registry --help` lists them)\n"),
    (["hlep"], "icc-registry: unknown command \"hlep\"; did you mean \"help\"? (`icc-registry --help` lists them)\n"),
  ])
  func refuses(words: [String], message: String) {
    let console = RecordingConsole()
    #expect(Program(console: console, environment: []).run(words) == 2)
    #expect(console.error == message)
    #expect(console.output.isEmpty)
  }
}
