package import Registry
import Text

/// Reads a filter of InfoSum's API, such as
/// `name ico 'acme' and not (created_date_time lt '2026-01-01')`.
///
///     filter     = conjunction *("or" conjunction)
///     conjunction = factor *("and" factor)
///     factor     = "not" factor / "(" filter ")" / field operator string
///
/// Words are read in any case. InfoSum documents the operators and strings in single quotes; that
/// `not` binds tighter than `and`, and that a quote in a string is doubled, is this registry's
/// assumption.
package struct FilterParser {
  /// The maximum number of characters.
  package static let maxCharacters = 4096
  /// The maximum number of parentheses and `not` around a comparison. SQLite's parser has a stack
  /// of 100 entries, of which a level takes up to three.
  package static let maxDepth = 20
  /// The maximum number of comparisons: each is evaluated for every ICC.
  package static let maxComparisons = 64

  private var lexer: FilterLexer
  private var token = FilterToken(kind: .end, position: 1)
  private var comparisons = 0

  /// Returns the condition that a filter states.
  package static func condition(_ text: String) throws(FilterError) -> ICCCondition {
    let characters = Array(text.unicodeScalars.prefix(maxCharacters + 1))
    guard characters.count <= maxCharacters else {
      throw FilterError(
        .tooComplex, at: maxCharacters + 1, "A filter can have up to \(maxCharacters) characters.")
    }
    var parser = FilterParser(lexer: FilterLexer(characters))
    try parser.advance()
    let condition = try parser.disjunction(0)
    guard parser.token.kind == .end else { throw parser.unexpected("“and”, “or” or the end") }
    return condition
  }

  private init(lexer: FilterLexer) {
    self.lexer = lexer
  }

  private mutating func disjunction(_ depth: Int) throws(FilterError) -> ICCCondition {
    var conditions = [try conjunction(depth)]
    while try skip("or") { conditions.append(try conjunction(depth)) }
    return conditions.count == 1 ? conditions[0] : .any(conditions)
  }

  private mutating func conjunction(_ depth: Int) throws(FilterError) -> ICCCondition {
    var conditions = [try factor(depth)]
    while try skip("and") { conditions.append(try factor(depth)) }
    return conditions.count == 1 ? conditions[0] : .all(conditions)
  }

  private mutating func factor(_ depth: Int) throws(FilterError) -> ICCCondition {
    let start = token.position
    let isGroup = token.kind == .open
    guard try skip("not") || isGroup else { return try comparison() }
    guard depth < Self.maxDepth else {
      throw FilterError(
        .tooComplex, at: start, "Parentheses and “not” can be nested up to \(Self.maxDepth) times.")
    }
    guard isGroup else { return .not(try factor(depth + 1)) }
    try advance()
    let condition = try disjunction(depth + 1)
    guard token.kind == .close else { throw unexpected("“and”, “or” or the “)” of character \(start)") }
    try advance()
    return condition
  }

  private mutating func comparison() throws(FilterError) -> ICCCondition {
    guard case .word(let name) = token.kind else { throw unexpected("a field, “not” or “(”") }
    guard let field = FilterField(name: name) else {
      throw FilterError(
        .unknownField, at: token.position, "Unknown field.", hint: Self.hint(name, FilterField.allNames))
    }
    comparisons += 1
    guard comparisons <= Self.maxComparisons else {
      throw FilterError(
        .tooComplex, at: token.position, "A filter can have up to \(Self.maxComparisons) comparisons.")
    }
    try advance()
    guard case .word(let word) = token.kind else { throw unexpected("an operator such as eq") }
    guard let symbol = FilterOperator(name: word) else {
      throw FilterError(
        .wrongOperator, at: token.position, "Unknown operator.",
        hint: Self.hint(word, FilterOperator.allCases.map(\.rawValue)))
    }
    let place = token.position
    try advance()
    guard case .text(let value) = token.kind else { throw unexpected("a string in single quotes") }
    let condition = try field.condition(symbol, at: place, value, at: token.position)
    try advance()
    return condition
  }

  private mutating func advance() throws(FilterError) {
    token = try lexer.next()
  }

  /// Reads the word, in any case, if it is next; returns whether it was.
  private mutating func skip(_ word: String) throws(FilterError) -> Bool {
    guard case .word(let text) = token.kind, text.lowercased() == word else { return false }
    try advance()
    return true
  }

  private func unexpected(_ expected: String) -> FilterError {
    let found =
      switch token.kind {
      case .word: "a word"
      case .text: "a string"
      case .open: "“(”"
      case .close: "“)”"
      case .end: "the end"
      }
    return FilterError(.syntax, at: token.position, "Expected \(expected); found \(found).")
  }

  private static func hint(_ name: String, _ known: [String]) -> String {
    if let near = nearestName(to: name, among: known) { return "Did you mean \(near)?" }
    return "Use \(known.joined(separator: ", "))."
  }
}
