import Testing
import Text

@testable import icc_registry

struct ArgumentsTests {
  static let known = [
    Option(name: "role", value: "ROLE", meaning: ""), Option(name: "status", value: nil, meaning: ""),
  ]

  @Test func `options and operands are sorted`() throws {
    let arguments = try Arguments(["a", "--role", "admin", "--status", "b", "--", "--role"], allowing: Self.known)
    #expect(arguments["role"] == "admin")
    #expect(arguments.has("status"))
    #expect(try arguments.operands("ONE", "TWO", "THREE") == ["a", "b", "--role"])
  }

  @Test(arguments: [["--role", "admin"], ["--role=admin"]])
  func `a value follows as a word or after an equals sign`(words: [String]) throws {
    #expect(try Arguments(words, allowing: Self.known)["role"] == "admin")
  }

  @Test func `a value may hold anything and may be empty`() throws {
    #expect(try Arguments(["--role=a=b"], allowing: Self.known)["role"] == "a=b")
    #expect(try Arguments(["--role="], allowing: Self.known)["role"] == "")
    #expect(try Arguments(["--role", "-x"], allowing: Self.known)["role"] == "-x")
  }

  @Test(arguments: [
    (["--rol", "x"], #"unknown option "--rol"; did you mean "--role"?"#),
    (["--zebra"], #"unknown option "--zebra""#),
    (["-r", "x"], #"unknown option "-r""#),
    (["--role"], "--role needs a value: ROLE"),
    (["--status=x"], "--status takes no value"),
    (["--role", "a", "--role", "b"], "--role is given twice"),
    (["--evil\u{1B}[2J"], #"unknown option "--evil?[2J""#),
  ])
  func `a wrong option is named`(words: [String], message: String) {
    #expect(throws: CommandFailure.usage(message)) { try Arguments(words, allowing: Self.known) }
  }

  @Test func `operands are counted`() throws {
    let arguments = try Arguments(["a"], allowing: [])
    #expect(throws: CommandFailure.usage("missing: TWO; THREE")) { try arguments.operands("ONE", "TWO", "THREE") }
    #expect(throws: CommandFailure.usage(#"unexpected argument "a""#)) { try arguments.operands() }
    #expect(throws: CommandFailure.usage("missing: --role")) { try arguments.required("role") }
  }

  @Test(arguments: [
    ("lisen", "listen"), ("Listen", "listen"), ("data-base", "database"), ("lgoLevel", "logLevel"), ("frobnicate", nil),
    ("", nil), (String(repeating: "x", count: 100_000), nil),
  ])
  func `the nearest name is suggested`(typed: String, meant: String?) {
    #expect(nearestName(to: typed, among: Setting.all.map(\.name)) == meant)
  }
}
