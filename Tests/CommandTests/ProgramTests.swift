import Manual
import System
import Testing

@testable import icc_registry

struct ProgramTests {
  private static func run(_ words: String...) -> (code: Int32, output: String, error: String) {
    let output = RecordingOutput()
    let code = Program(output: output, environment: []).run(words)
    return (code, output.standardOutput, output.standardError)
  }

  @Test func `--version prints the version and the commit`() throws {
    let version = Self.run("--version")
    #expect(version.code == 0 && version.error.isEmpty)
    _ = try #require(
      try Regex(#"^icc-registry \d+\.\d+\.\d+ \(commit ([0-9a-f]{40}(\+changes)?|unknown)\)\n$"#).wholeMatch(
        in: version.output))
  }

  @Test func `help goes to standard output and names every command`() {
    let help = Self.run("--help")
    #expect(help.code == 0 && help.error.isEmpty)
    for command in Program.commands { #expect(help.output.contains("  \(command.name)")) }
  }

  @Test func `help settings names every setting`() {
    let help = Self.run("help", "settings")
    #expect(help.code == 0)
    for setting in Setting.all {
      #expect(help.output.contains("  \(setting.name)  \(setting.environmentName)  --\(setting.optionName)  ("))
    }
  }

  @Test(arguments: Program.commands.map { $0.name })
  func `every command has help in both ways`(name: String) {
    let output = RecordingOutput()
    let program = Program(output: output, environment: [])
    #expect(program.run(["help"] + name.split(separator: " ").map(String.init)) == 0)
    #expect(output.standardOutput.hasPrefix("Usage: icc-registry \(name)"))
    let again = RecordingOutput()
    let other = Program(output: again, environment: [])
    #expect(other.run(name.split(separator: " ").map(String.init) + ["--help"]) == 0)
    #expect(again.standardOutput == output.standardOutput)
  }

  @Test func `no arguments prints the usage on standard error and exits with 2`() {
    let output = RecordingOutput()
    #expect(Program(output: output, environment: []).run([]) == 2)
    #expect(output.standardError == Self.run("--help").output)
    #expect(output.standardOutput.isEmpty)
  }

  @Test(arguments: [["help", "token"], ["token", "--help"], ["token", "-h"]])
  func `a group of commands has help`(words: [String]) {
    let output = RecordingOutput()
    #expect(Program(output: output, environment: []).run(words) == 0)
    #expect(output.standardOutput.hasPrefix("Usage: icc-registry token COMMAND"))
    for name in ["token create", "token list", "token revoke"] { #expect(output.standardOutput.contains("  \(name)")) }
    #expect(!output.standardOutput.contains("  serve"))
  }

  @Test(arguments: ManualPage.all.map(\.name))
  func `help prints every page of the manual as it is in the repository, with the text of its pictures`(
    name: String
  ) throws {
    let file = try File.read(Repository.path("Sources/Manual/Pages/\(name).md"))
    let help = Self.run("help", name)
    let text = String(decoding: file, as: UTF8.self)
      .replacing(/!\[([^\]]+)\]\(Pictures\/.+\)/) { "(Picture: \($0.1))" }
    let isEqual = help == (0, text, "")
    #expect(isEqual)
    #expect(Self.run("--help").output.contains("\n  \(name) "))
  }

  @Test(arguments: [
    (["frobnicate"], "unknown command \"frobnicate\" (`icc-registry --help` lists them)"),
    (["hlep"], "unknown command \"hlep\"; did you mean \"help\"? (`icc-registry --help` lists them)"),
    (
      ["help", "operation"],
      "unknown command \"operation\"; did you mean \"operations\"? (`icc-registry --help` lists them)"
    ),
    (["token"], "token needs one of: token create, token list, token revoke"),
    (["token", "crate"], "token needs one of: token create, token list, token revoke"),
    (["token", "create"], "missing: --role; --name (see `icc-registry help token create`)"),
    (["token", "create", "--name", "x"], "missing: --role (see `icc-registry help token create`)"),
    (
      ["check-policy"],
      "missing: --icc; one of --trust-policy, --permission-policy, --bucket-policy, --key-policy (see `icc-registry help check-policy`)"
    ),
    (["backup"], "missing: FILE (see `icc-registry help backup`)"),
    (["backup", "a", "b"], "unexpected argument \"b\" (see `icc-registry help backup`)"),
  ])
  func `wrong usage is one line on standard error, with everything that is missing`(words: [String], message: String) {
    let output = RecordingOutput()
    #expect(Program(output: output, environment: []).run(words) == 2)
    #expect(output.standardError == "icc-registry: \(message)\n")
    #expect(output.standardOutput.isEmpty)
  }
}
