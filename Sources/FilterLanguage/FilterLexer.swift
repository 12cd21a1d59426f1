import Text

/// A token of a filter.
struct FilterToken {
  enum Kind: Equatable {
    /// A field, an operator, `and`, `or` or `not`.
    case word(String)
    /// A string, without its quotes.
    case text(String)
    case open
    case close
    case end
  }

  let kind: Kind
  /// The number of its first character, from 1.
  let position: Int
}

/// Splits a filter into tokens.
struct FilterLexer {
  private let characters: [Unicode.Scalar]
  private var index = 0

  init(_ characters: [Unicode.Scalar]) {
    self.characters = characters
  }

  /// Returns the next token; at the end always `end`.
  mutating func next() throws(FilterError) -> FilterToken {
    while let character = current, Self.isSpace(character) { index += 1 }
    let start = index
    guard let character = current else { return FilterToken(kind: .end, position: start + 1) }
    index += 1
    let kind: FilterToken.Kind
    switch character {
    case "(": kind = .open
    case ")": kind = .close
    case "'": kind = .text(try text(from: start))
    case _ where Self.isWord(character):
      while let next = current, Self.isWord(next) { index += 1 }
      kind = .word(Self.string(characters[start..<index]))
    default: throw Self.unexpected(character, at: start + 1)
    }
    return FilterToken(kind: kind, position: start + 1)
  }

  private var current: Unicode.Scalar? { index < characters.count ? characters[index] : nil }

  /// Reads a string after its opening quote. Two quotes in it mean one.
  private mutating func text(from start: Int) throws(FilterError) -> String {
    var text = String.UnicodeScalarView()
    while let character = current {
      index += 1
      if character == "'" {
        guard current == "'" else { return String(text) }
        index += 1
      }
      text.append(character)
    }
    throw FilterError(
      .syntax, at: start + 1, "The string that starts here has no closing quote.",
      hint: "End it with '. Write a quote in a string as two: 'it''s'.")
  }

  private static func unexpected(_ character: Unicode.Scalar, at position: Int) -> FilterError {
    let isQuote = character == "\"" || character == "\u{2018}" || character == "\u{2019}"
    return FilterError(
      .syntax, at: position, "Unexpected character \(CodePoint.name(character)).",
      hint: isQuote ? "Write strings in straight single quotes: 'acme'." : nil)
  }

  private static func isSpace(_ character: Unicode.Scalar) -> Bool {
    character == " " || character == "\t" || character == "\r" || character == "\n"
  }

  private static func isWord(_ character: Unicode.Scalar) -> Bool {
    guard let byte = UInt8(exactly: character.value) else { return false }
    return ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == UInt8(ascii: "_")
  }

  private static func string(_ characters: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(characters))
  }
}
