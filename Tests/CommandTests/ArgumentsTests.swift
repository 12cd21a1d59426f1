import Testing

@testable import icc_registry

struct ArgumentsTests {
  static let known = [
    Option(name: "role", value: "ROLE", meaning: ""), Option(name: "status", value: nil, meaning: ""),
  ]

  @Test func sortsOptionsAndWords() throws {
    let arguments = try Arguments(["a", "--role", "admin", "--status", "b", "--", "--role"], allowing: Self.known)
    #expect(arguments["role"] == "admin")
    #expect(arguments.has("status"))
    #expect(try arguments.words("ONE", "TWO", "THREE") == ["a", "b", "--role"])
  }

  @Test(arguments: [["--role", "admin"], ["--role=admin"]])
  func takesAValueEitherWay(words: [String]) throws {
    #expect(try Arguments(words, allowing: Self.known)["role"] == "admin")
  }

  @Test func aValueMayHoldAnythingAndBeEmpty() throws {
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
  func refuses(words: [String], message: String) {
    #expect(throws: CommandFailure.usage(message)) { try Arguments(words, allowing: Self.known) }
  }

  @Test func countsItsWords() throws {
    let arguments = try Arguments(["a"], allowing: [])
    #expect(throws: CommandFailure.usage("TWO is missing")) { try arguments.words("ONE", "TWO") }
    #expect(throws: CommandFailure.usage(#"unexpected argument "a""#)) { try arguments.words() }
    #expect(throws: CommandFailure.usage("--role is missing")) { try arguments.required("role") }
  }

  @Test(arguments: [
    ("lisen", "listen"), ("Listen", "listen"), ("data-base", "database"), ("lgoLevel", "logLevel"), ("frobnicate", nil),
    ("", nil), (String(repeating: "x", count: 100_000), nil),
  ])
  func findsTheNearestName(typed: String, meant: String?) {
    #expect(nearestName(to: typed, among: Setting.all.map(\.name)) == meant)
  }
}
