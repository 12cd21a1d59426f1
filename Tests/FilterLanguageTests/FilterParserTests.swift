import FilterLanguage
import Registry
import TestSupport
import Testing

@Suite struct FilterParserTests {
  private static let (a, b, c) = (name("a"), name("b"), name("c"))
  private static let day = Timestamp(milliseconds: 1_795_737_600_000)

  private static func name(_ value: String) -> ICCCondition { .text(.name, .compares(.equal), value) }
  private static func contains(_ value: String, ignoringCase: Bool) -> ICCCondition {
    .text(.description, .contains(ignoringCase: ignoringCase), value)
  }

  @Test(
    arguments: [
      ("name eq 'a'", a), ("NAME EQ 'a'", a), (" (\tname\r\neq'a') ", a), ("name eq 'it''s'", name("it's")),
      ("name eq ''", name("")), ("name eq ''''", name("'")), ("name eq 'A) or (é🦆'", name("A) or (é🦆")),
      ("name eq 'a' and name eq 'b'", .all([a, b])), ("name eq 'a' or name eq 'b'", .any([a, b])),
      ("name eq 'a' or name eq 'b' and name eq 'c'", .any([a, .all([b, c])])),
      ("(name eq 'a' or name eq 'b') and name eq 'c'", .all([.any([a, b]), c])),
      ("not name eq 'a' and name eq 'b'", .all([.not(a), b])), ("not not(name eq 'a')", .not(.not(a))),
      ("NOT(name eq 'a' OR name eq 'b')AND name eq 'c'", .all([.not(.any([a, b])), c])),
      ("id ne 'x'", .text(.id, .compares(.notEqual), "x")),
      ("connector_type ge 'x'", .text(.connectorType, .compares(.greaterOrEqual), "x")),
      ("description co 'x'", contains("x", ignoringCase: false)),
      ("description ico 'x'", contains("x", ignoringCase: true)),
      ("description nc 'x'", .not(contains("x", ignoringCase: false))),
      ("description inc 'x'", .not(contains("x", ignoringCase: true))),
      (
        "name lt 'a' and name le 'a' and name gt 'a' and name ge 'a'",
        .all([Comparison.less, .lessOrEqual, .greater, .greaterOrEqual].map { .text(.name, .compares($0), "a") })
      ),
      ("created_date_time lt '2026-11-27'", .time(.createdAt, .less, day)),
      ("updated_date_time eq '2026-11-27T01:00:00+01:00'", .time(.updatedAt, .equal, day)),
      ("updated_date_time ge '2026-11-27T00:00:00'", .time(.updatedAt, .greaterOrEqual, day)),
      ("updated_date_time ne '2026-11-27T00:00:00.000999Z'", .time(.updatedAt, .notEqual, day)),
    ] as [(String, ICCCondition)])
  func `a filter is read`(text: String, expected: ICCCondition) throws {
    #expect(try FilterParser.condition(text) == expected)
  }

  @Test(arguments: [
    ("", FilterError.Kind.syntax, 1), ("   ", .syntax, 4), ("name", .syntax, 5), ("name eq", .syntax, 8),
    ("name eq a", .syntax, 9), ("name eq 'a", .syntax, 9), ("name eq 'a''", .syntax, 9), ("name 'a'", .syntax, 6),
    ("name eq 'a' name eq 'b'", .syntax, 13), ("name eq 'a' and", .syntax, 16), ("and name eq 'a'", .unknownField, 1),
    ("(name eq 'a'", .syntax, 13), ("name eq 'a')", .syntax, 12), ("()", .syntax, 2), ("not", .syntax, 4),
    ("name eq \"a\"", .syntax, 9), ("name eq ‘a’", .syntax, 9), ("é eq 'a'", .syntax, 1), ("name = 'a'", .syntax, 6),
    ("nam eq 'a'", .unknownField, 1), ("externalId eq 'a'", .unknownField, 1), ("name eqq 'a'", .wrongOperator, 6),
    ("'é🦆' eq 'a'", .syntax, 1), ("name eq '🦆' und", .syntax, 13), ("created_date_time co '2026'", .wrongOperator, 19),
    ("created_date_time lt 'x'", .malformedDate, 22), ("created_date_time lt '2026-02-30'", .malformedDate, 22),
    ("created_date_time lt '2026-11-27T09:00:00 01:00'", .malformedDate, 22),
  ])
  func `an error has its kind and the position of its character`(text: String, kind: FilterError.Kind, position: Int) {
    let error = #expect(throws: FilterError.self) { try FilterParser.condition(text) }
    #expect(error?.kind == kind && error?.position == position, "\(String(describing: error))")
  }

  @Test(arguments: [
    ("(", ")", 1), ("not ", "", 1), ("not(", ")", 2), ("name eq 'a' and (", ")", 1), ("name eq 'b' or not (", ")", 2),
  ])
  func `the depth has a limit`(open: String, close: String, levels: Int) throws {
    let nested = { (count: Int) in
      String(repeating: open, count: count) + "name eq 'a'" + String(repeating: close, count: count)
    }
    let most = FilterParser.maxDepth / levels
    #expect(throws: Never.self) { try FilterParser.condition(nested(most)) }
    for count in [most + 1, most + 2, 150] {
      let error = #expect(throws: FilterError.self) { try FilterParser.condition(nested(count)) }
      #expect(error?.kind == .tooComplex)
    }
  }

  @Test func `the length and the number of comparisons have limits`() throws {
    let comparison = "id eq 'a'"
    let many = { (count: Int) in Array(repeating: comparison, count: count).joined(separator: " or ") }
    #expect(throws: Never.self) { try FilterParser.condition(many(FilterParser.maxComparisons)) }
    let error = #expect(throws: FilterError.self) { try FilterParser.condition(many(FilterParser.maxComparisons + 1)) }
    #expect(error?.kind == .tooComplex && error?.position == 64 * 13 + 1)
    let long = { (count: Int) in "name eq '" + String(repeating: "é", count: count - 10) + "'" }
    #expect(throws: Never.self) { try FilterParser.condition(long(FilterParser.maxCharacters)) }
    let tooLong = #expect(throws: FilterError.self) { try FilterParser.condition(long(FilterParser.maxCharacters + 1)) }
    #expect(tooLong?.kind == .tooComplex && tooLong?.position == 4097)
  }

  /// Words, broken strings and arbitrary characters in any order: a condition or an error within the
  /// text, never a trap, and never a condition deeper than the limit.
  @Test func `no input traps`() {
    let pieces = [
      "name", "id", "created_date_time", "eq", "co", "inc", "lt", "and", "or", "not", "(", ")", "'a'", "'2026-01-01'",
      "'", "''", "\"", " ", "\u{0}", "é", "🦆", "\u{301}", "\u{FFFF}", "9999999999999999999", "-",
      "'2026-01-01T24:00:00'",
      "name eq 'a'", "not (", "name eq 'a' and (",
    ]
    var random = SplitMix(state: 18)
    var accepted = 0
    for round in 0..<12_000 {
      let isShort = round % 2 == 0
      let count = Int.random(in: 0...(isShort ? 6 : 60), using: &random)
      let pieces = isShort ? ["name eq 'a'", "id inc ''", "and", "or", "not", "(", ")"] : pieces
      let isSpaced = Bool.random(using: &random)
      let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined(
        separator: isSpaced ? " " : "")
      do throws(FilterError) {
        let condition = try FilterParser.condition(text)
        accepted += 1
        #expect(Self.depth(of: condition) <= 2 * FilterParser.maxDepth + 2, "\(text)")
      } catch {
        #expect((1...text.unicodeScalars.count + 1).contains(error.position), "\(text)")
      }
    }
    #expect(accepted > 100)
  }

  private static func depth(of condition: ICCCondition) -> Int {
    switch condition {
    case .text, .time: 0
    case .not(let inner): 1 + depth(of: inner)
    case .all(let conditions), .any(let conditions): 1 + (conditions.map(depth).max() ?? 0)
    }
  }
}
