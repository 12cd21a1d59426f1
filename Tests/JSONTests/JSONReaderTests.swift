import JSON
import Testing

/// A text, and what the reader says of it.
struct Refusal: Sendable, CustomTestStringConvertible {
  let text: [UInt8]
  let code: JSONError.Code
  let line: Int
  let column: Int

  init(_ text: String, _ code: JSONError.Code, _ line: Int, _ column: Int) {
    self.init(bytes: Array(text.utf8), code, line, column)
  }

  init(bytes: [UInt8], _ code: JSONError.Code, _ line: Int, _ column: Int) {
    text = bytes
    self.code = code
    self.line = line
    self.column = column
  }

  var testDescription: String { String(decoding: text.prefix(60), as: UTF8.self) }
}

@Suite struct JSONReaderTests {
  /// The `y_` cases of JSONTestSuite, and their like.
  @Test(arguments: [
    "null", "true", "false", "0", "-0", "1", "-1", "123", "0.5", "-0.0", "1e5", "1E+5", "1e-5", "1.5e300", "20e1",
    "\"\"",
    "\"a\"", "[]", "[ ]", "[[]]", "[null]", "[1,null]", "[null, 1, \"1\", {}]", "{}", "{\"a\":1}", "{\"\":0}",
    "{\"a\":[]}", "{\"a\":{\"a\":{\"a\":1}}}", " [1] ", "\t\n\r [1]\n", "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]",
    "[\"\\u0060\\u012a\\u12AB\"]", "[\"\\uD801\\udc37\"]", "[\"\\ud83d\\ude39\\ud83d\\udc8d\"]", "[\"\\u0000\"]",
    "[\"\\\\u0000\"]", "[\"\\uFFFF\"]", "[\"\\uDBFF\\uDFFE\"]", "[\"\u{7F}\"]", "[\"\u{2028}\u{2029}\"]", "[\"π\"]",
    "[\"\u{1F600}\"]", "[\"asd \"]", "[\"\\u0821\"]", "[\"\u{FEFF}\"]", "[-123123e100000]",
    "[123456789012345678901234567890]",
    "{\"a\":\"b\",\"asdf\":\"c\"}", "{\"min\":-1.0e+28,\"max\":1.0e+28}", "{\"\\u0000\":1}", "[\"new\\u000Aline\"]",
    "{\"é\":1,\"e\u{301}\":2}",
  ])
  func `valid JSON is read`(_ text: String) throws {
    let value = try JSONValue(parsing: text)
    #expect(try JSONValue(parsing: value.bytes()) == value)
    #expect(try JSONValue(parsing: value.bytes(.pretty)) == value)
  }

  /// The `n_` cases of JSONTestSuite, and their like.
  @Test(arguments: [
    Refusal("", .empty, 1, 1), Refusal(" \n ", .empty, 2, 2), Refusal("[", .unexpectedEnd, 1, 2),
    Refusal("[1", .unexpectedEnd, 1, 3),
    Refusal("[1,", .unexpectedEnd, 1, 4), Refusal("{", .unexpectedEnd, 1, 2), Refusal("{\"a\"", .unexpectedEnd, 1, 5),
    Refusal("{\"a\":", .unexpectedEnd, 1, 6), Refusal("{\"a\":1", .unexpectedEnd, 1, 7),
    Refusal("{\"a\":1,", .unexpectedEnd, 1, 8),
    Refusal("\"", .unexpectedEnd, 1, 2), Refusal("\"abc", .unexpectedEnd, 1, 5), Refusal("\"\\", .unexpectedEnd, 1, 3),
    Refusal("\"\\u12", .unexpectedEnd, 1, 6), Refusal("[1,]", .trailingComma, 1, 3),
    Refusal("[1,,2]", .unexpectedCharacter, 1, 4),
    Refusal("[,1]", .unexpectedCharacter, 1, 2), Refusal("[,]", .unexpectedCharacter, 1, 2),
    Refusal("{\"a\":1,}", .trailingComma, 1, 7),
    Refusal("{\"a\":1,,\"b\":2}", .unexpectedCharacter, 1, 8), Refusal("{,}", .unexpectedCharacter, 1, 2),
    Refusal("[1 2]", .missingComma, 1, 4), Refusal("[1 true]", .missingComma, 1, 4),
    Refusal("[3[4]]", .missingComma, 1, 3),
    Refusal("{\"a\":1 \"b\":2}", .missingComma, 1, 8), Refusal("{\"a\" 1}", .missingColon, 1, 6),
    Refusal("{\"a\"}", .missingColon, 1, 5),
    Refusal("{\"a\",1}", .missingColon, 1, 5), Refusal("{\"a\"::1}", .unexpectedCharacter, 1, 6),
    Refusal("{:1}", .unexpectedCharacter, 1, 2),
    Refusal("[1:2]", .unexpectedCharacter, 1, 3), Refusal("{a:1}", .unquotedName, 1, 2),
    Refusal("{1:1}", .unquotedName, 1, 2),
    Refusal("{null:1}", .unquotedName, 1, 2), Refusal("{[]:1}", .unquotedName, 1, 2),
    Refusal("{'a':1}", .singleQuote, 1, 2),
    Refusal("['a']", .singleQuote, 1, 2), Refusal("[“a”]", .typographicQuote, 1, 2),
    Refusal("{“a”:1}", .typographicQuote, 1, 2),
    Refusal("[\"a”]", .unexpectedEnd, 1, 6), Refusal("{\"a\":1]", .mismatchedBracket, 1, 7),
    Refusal("[1}", .mismatchedBracket, 1, 3),
    Refusal("{]", .mismatchedBracket, 1, 2), Refusal("]", .unexpectedCharacter, 1, 1),
    Refusal("}", .unexpectedCharacter, 1, 1),
    Refusal("+1", .invalidNumber, 1, 1), Refusal(".5", .invalidNumber, 1, 1), Refusal("-.5", .invalidNumber, 1, 1),
    Refusal("1.", .invalidNumber, 1, 1), Refusal("1.e5", .invalidNumber, 1, 1), Refusal("1e", .invalidNumber, 1, 1),
    Refusal("1e+", .invalidNumber, 1, 1), Refusal("1.5.5", .invalidNumber, 1, 1), Refusal("1+2", .invalidNumber, 1, 1),
    Refusal("-", .invalidNumber, 1, 1), Refusal("--1", .invalidNumber, 1, 1), Refusal("0x1F", .invalidNumber, 1, 1),
    Refusal("1a", .invalidNumber, 1, 1), Refusal("01", .leadingZero, 1, 1), Refusal("-01", .leadingZero, 1, 1),
    Refusal("00", .leadingZero, 1, 1), Refusal("[012]", .leadingZero, 1, 2), Refusal("NaN", .notFinite, 1, 1),
    Refusal("-NaN", .notFinite, 1, 1), Refusal("[Infinity]", .notFinite, 1, 2), Refusal("-Infinity", .notFinite, 1, 1),
    Refusal("True", .unknownWord, 1, 1), Refusal("[None]", .unknownWord, 1, 2), Refusal("nul", .unknownWord, 1, 1),
    Refusal("nulll", .unknownWord, 1, 1), Refusal("truefalse", .unknownWord, 1, 1),
    Refusal("undefined", .unknownWord, 1, 1),
    Refusal("abc", .unknownWord, 1, 1), Refusal("// c\n1", .comment, 1, 1), Refusal("[1 /* c */]", .comment, 1, 4),
    Refusal("# c\n1", .comment, 1, 1), Refusal("{\"a\":1}// c", .comment, 1, 8), Refusal("1 2", .trailingText, 1, 3),
    Refusal("{}{}", .trailingText, 1, 3), Refusal("[]]", .trailingText, 1, 3), Refusal("\"a\" x", .trailingText, 1, 5),
    Refusal("\"a\u{0}\"", .controlCharacter, 1, 3), Refusal("\"a\nb\"", .controlCharacter, 1, 3),
    Refusal("\"a\tb\"", .controlCharacter, 1, 3), Refusal("\"\u{1F}\"", .controlCharacter, 1, 2),
    Refusal("\"é\\x\"", .invalidEscape, 1, 3), Refusal("\"\\a\"", .invalidEscape, 1, 2),
    Refusal("\"\\u12G4\"", .invalidEscape, 1, 2),
    Refusal("\"\\U0041\"", .invalidEscape, 1, 2), Refusal("\"\\u{41}\"", .invalidEscape, 1, 2),
    Refusal("\"\\'\"", .invalidEscape, 1, 2),
    Refusal("\"\\ud800\"", .loneSurrogate, 1, 2), Refusal("\"\\udc00\"", .loneSurrogate, 1, 2),
    Refusal("\"\\ud800\\n\"", .loneSurrogate, 1, 2), Refusal("\"\\ud800\\u0041\"", .loneSurrogate, 1, 2),
    Refusal("\"\\udc00\\ud800\"", .loneSurrogate, 1, 2), Refusal("\"\\ud800\\ud800\"", .loneSurrogate, 1, 2),
    Refusal("{\"a\":1,\"a\":2}", .duplicateMember, 1, 8), Refusal("{\"a\":1,\n \"\\u0061\":2}", .duplicateMember, 2, 2),
    Refusal("\u{FEFF}{}", .byteOrderMark, 1, 1), Refusal("\u{A0}1", .unexpectedCharacter, 1, 1),
    Refusal("1\u{C}", .trailingText, 1, 2),
    Refusal("*", .unexpectedCharacter, 1, 1), Refusal("[\u{2028}1]", .unexpectedCharacter, 1, 2),
    Refusal("&", .unexpectedCharacter, 1, 1),
  ])
  func `invalid JSON is rejected with its code and location`(_ row: Refusal) {
    expect(row)
  }

  /// RFC 3629: overlong forms, surrogates, scalars that do not exist, torn sequences; and other encodings.
  @Test(arguments: [
    Refusal(bytes: [0x22, 0x80, 0x22], .invalidUTF8, 1, 2),
    Refusal(bytes: [0x22, 0x61, 0xC0, 0xAF, 0x22], .invalidUTF8, 1, 3),
    Refusal(bytes: [0x22, 0xE0, 0x80, 0x80, 0x22], .invalidUTF8, 1, 2),
    Refusal(bytes: [0x22, 0xED, 0xA0, 0x80, 0x22], .invalidUTF8, 1, 2),
    Refusal(bytes: [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], .invalidUTF8, 1, 2),
    Refusal(bytes: [0x22, 0xF5, 0x80, 0x80, 0x80, 0x22], .invalidUTF8, 1, 2),
    Refusal(bytes: [0x22, 0xC3, 0x22], .invalidUTF8, 1, 2),
    Refusal(bytes: [0x22, 0xE2, 0x82, 0x22], .invalidUTF8, 1, 2),
    Refusal(bytes: [0x22, 0xFF, 0x22], .invalidUTF8, 1, 2),
    Refusal(bytes: [0x22, 0x5C, 0x6E, 0xFF, 0x22], .invalidUTF8, 1, 4),
    Refusal(bytes: [0x5B, 0xFF, 0x5D], .invalidUTF8, 1, 2),
    Refusal(bytes: [0x7B, 0x22, 0xE9, 0x22, 0x3A, 0x30, 0x7D], .invalidUTF8, 1, 3),
    Refusal(bytes: [0xFF, 0xFE, 0x31, 0x00], .wrongEncoding, 1, 1), Refusal(bytes: [0x31, 0x00], .wrongEncoding, 1, 1),
    Refusal(bytes: [0x00, 0x31], .wrongEncoding, 1, 1), Refusal(bytes: [0xEF, 0xBB, 0xBF], .byteOrderMark, 1, 1),
  ])
  func `bytes that are not UTF-8 are rejected`(_ row: Refusal) {
    expect(row)
  }

  private func expect(_ row: Refusal) {
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: row.text) }
    #expect(error?.code == row.code, "\(String(describing: error))")
    #expect(error?.location.line == row.line)
    #expect(error?.location.column == row.column)
    #expect(error?.message.hasSuffix(".") == true)
  }

  @Test func `every value knows its location`() throws {
    let text = "{\r\n  \"é😀\": [1,\r\"x\"],\n\t\"b\": {\"c\": null}\n}"
    let value = try JSONValue(parsing: text)
    #expect(value.location == JSONLocation(line: 1, column: 1, offset: 0))
    #expect(value.objectValue?.member("é😀")?.nameLocation == JSONLocation(line: 2, column: 3, offset: 5))
    #expect(value["é😀"]?.location == JSONLocation(line: 2, column: 9, offset: 15))
    #expect(value["é😀"]?[1]?.location == JSONLocation(line: 3, column: 1, offset: 19))
    #expect(value["b"]?["c"]?.location == JSONLocation(line: 4, column: 13, offset: 37))
  }

  /// The columns that the reader counts as it goes are those that a pass from the beginning finds.
  @Test func `locations agree with a count from the start`() throws {
    let text = "[\"aé\", \"\\n😀\" ,\"€\",\r\n \"é\", {\"ü\" : \"ö\", \"x\": [true, \"ß\"]}]"
    let bytes = Array(text.utf8)
    func check(_ value: JSONValue) {
      if let place = value.location { #expect(place == JSONLocation(offset: place.offset, in: bytes)) }
      for element in value.arrayValue ?? [] { check(element) }
      for member in value.objectValue?.members ?? [] { check(member.value) }
    }
    check(try JSONValue(parsing: text))
  }

  @Test func `a duplicate field names both locations and the pointer`() {
    let error = #expect(throws: JSONError.self) {
      try JSONValue(parsing: "{\"s\": [0, {\"a/b\": 1,\n\"a/b\": 2}]}")
    }
    #expect(error?.firstLocation == JSONLocation(line: 1, column: 12, offset: 11))
    #expect(error?.location == JSONLocation(line: 2, column: 1, offset: 21))
    #expect(error?.pointer.description == "/s/1/a~1b")
  }

  @Test(arguments: [1, 15, 16, 17, 18, 40, 1000])
  func `duplicate fields are found in objects of every size`(_ count: Int) throws {
    let names = (0..<count).map { "\"k\($0)\":0" }
    #expect(try JSONValue(parsing: "{\(names.joined(separator: ","))}").objectValue?.count == count)
    for again in [0, count / 2, count - 1] {
      let error = #expect(throws: JSONError.self) {
        try JSONValue(parsing: "{\(names.joined(separator: ",")),\"k\(again)\":1}")
      }
      #expect(error?.code == .duplicateMember)
      #expect(error?.pointer.description == "/k\(again)")
      #expect(error?.firstLocation?.offset == names[..<again].reduce(1) { $0 + $1.utf8.count + 1 })
    }
  }

  @Test func `the depth is limited`() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(throws: Never.self) { try JSONValue(parsing: nested(32)) }
    let error = #expect(throws: JSONError.self) { try JSONValue(parsing: nested(33)) }
    #expect(error?.code == .tooDeep)
    #expect(error?.location.column == 33)
    #expect(throws: Never.self) { try JSONValue(parsing: "1", maximumDepth: 0) }
    #expect(throws: JSONError.self) { try JSONValue(parsing: "[]", maximumDepth: 0) }
    #expect(throws: Never.self) { try JSONValue(parsing: nested(256), maximumDepth: .max) }
    #expect(throws: JSONError.self) { try JSONValue(parsing: nested(257), maximumDepth: .max) }
  }

  @Test(
    arguments: [
      ("1", 1, 1.0), ("-0", 0, 0), ("9223372036854775807", Int.max, 9.223372036854775807e18),
      ("9223372036854775808", nil, 9.223372036854775807e18),
      ("-9223372036854775808", Int.min, -9.223372036854775807e18),
      ("1.0", nil, 1), ("1e2", nil, 100), ("1e999", nil, nil), ("0.1", nil, 0.1),
    ] as [(String, Int?, Double?)])
  func `numbers keep their text`(_ text: String, _ int: Int?, _ double: Double?) throws {
    let number = try #require(try JSONValue(parsing: text).numberValue)
    #expect(number.text == text)
    #expect(number.int == int)
    #expect(number.double == double)
    #expect(try JSONValue(parsing: text).text() == text)
  }
}
