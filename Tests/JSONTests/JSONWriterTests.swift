import JSON
import Testing

@Suite struct JSONWriterTests {
  static let sample: JSONValue = [
    "a": 1, "b": ["x", true, nil, [:], []], "c": ["d": ["e": "f"]], "g": [[1, 2], [:]],
  ]

  @Test func `the compact style has no white space`() {
    #expect(
      Self.sample.text() == #"{"a":1,"b":["x",true,null,{},[]],"c":{"d":{"e":"f"}},"g":[[1,2],{}]}"#)
  }

  @Test func `the pretty style has one field per line`() {
    let expected = """
      {
        "a": 1,
        "b": [
          "x",
          true,
          null,
          {},
          []
        ],
        "c": {
          "d": {
            "e": "f"
          }
        },
        "g": [
          [
            1,
            2
          ],
          {}
        ]
      }
      """
    #expect(Self.sample.text(.pretty) == expected)
  }

  @Test func `streaming writes the same bytes as a value`() {
    for style in [JSONWriter.Style.compact, .pretty] {
      var writer = JSONWriter(style)
      writer.beginObject()
      writer.member("a", 1)
      writer.memberName("b")
      writer.beginArray()
      writer.string("x")
      writer.bool(true)
      writer.null()
      writer.beginObject()
      writer.endObject()
      writer.raw("[]".utf8.span)
      writer.endArray()
      writer.member("c", ["d": ["e": "f"]])
      writer.memberName(escaping: "g")
      writer.value([[1, 2], [:]])
      writer.endObject()
      #expect(writer.bytes == Self.sample.bytes(style))
    }
  }

  @Test(arguments: [JSONValue.null, true, 0, "s", [:], []])
  func `scalars and empty containers take one line`(_ value: JSONValue) {
    #expect(value.text(.pretty) == value.text())
  }

  @Test func `optional fields are left out or null`() {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("a", nil as String?)
    writer.member("b", "x" as String?)
    writer.member("c", nil as Int?)
    writer.member("d", -12 as Int?)
    writer.member("e", false)
    writer.endObject()
    #expect(writer.text == #"{"a":null,"b":"x","c":null,"d":-12,"e":false}"#)
  }

  /// RFC 8259 section 7: the quote, the backslash, the control characters, and nothing else.
  @Test func `only the required characters are escaped`() throws {
    for value in (0..<0x300).map({ $0 }) + [0x2028, 0x2029, 0xFEFF, 0xFFFF, 0x10FFFF] {
      let scalar = try #require(Unicode.Scalar(UInt32(value)))
      let string = "a" + String(Character(scalar)) + "b"
      let text = JSONValue.string(string).text()
      let mustEscape = value < 0x20 || scalar == "\"" || scalar == "\\"
      #expect(text.unicodeScalars.contains("\\") == mustEscape)
      #expect(text.utf8.allSatisfy { $0 >= 0x20 })
      let read = try JSONValue(parsing: text).stringValue
      #expect(read.map { Array($0.utf8) } == Array(string.utf8))
    }
    #expect(JSONValue.string("\u{8}\t\n\u{C}\r\u{1}\u{1f}\"\\/").text() == #""\b\t\n\f\r\u0001\u001f\"\\/""#)
  }

  /// The writer looks at eight bytes at a time: what must be escaped is found at every place, and nothing for it beside.
  @Test(arguments: 0..<20) func `a character is escaped at every position`(_ place: Int) throws {
    for scalar in ["\"", "\\", "\u{1f}", "\0", "\u{20}", "!", "#", "[", "]", "\u{7f}", "é", "\u{10FFFF}", "\u{2028}"] {
      for filler in ["a", " ", "\u{7f}", "\u{80}"] {
        let string = String(repeating: filler, count: place) + scalar + String(repeating: filler, count: 19 - place)
        let text = JSONValue.string(string).text()
        #expect(text.utf8.count == string.utf8.count + 2 + (["\"", "\\"].contains(scalar) ? 1 : scalar < " " ? 5 : 0))
        let read = try JSONValue(parsing: text).stringValue
        #expect(read.map { Array($0.utf8) } == Array(string.utf8))
      }
    }
  }

  @Test(arguments: [0, 7, -7, 10, -10, 99, 100, 1_234_567_890, .max, .min]) func `integers of every size are written`(
    _ number: Int
  ) {
    var writer = JSONWriter(capacity: 0)
    writer.int(number)
    #expect(writer.text == "\(number)")
  }

  @Test func `the buffer grows from nothing as needed`() {
    var writer = JSONWriter(.pretty, capacity: 0)
    writer.beginArray()
    for number in 0..<1000 {
      writer.beginObject()
      writer.member("aNameThatIsLongerThanTheBytesThereAreAtFirst", String(repeating: "x", count: number))
      writer.endObject()
    }
    writer.endArray()
    let expected = (0..<1000).map { number in
      "  {\n    \"aNameThatIsLongerThanTheBytesThereAreAtFirst\": \"\(String(repeating: "x", count: number))\"\n  }"
    }
    #expect(writer.text == "[\n" + expected.joined(separator: ",\n") + "\n]")
    #expect(writer.withBytes { $0.count } == writer.bytes.count)
  }

  @Test func `doubles are written as the shortest number`() {
    #expect(JSONNumber(0.1)?.text == "0.1")
    #expect(JSONNumber(Double.nan) == nil)
    #expect(JSONNumber(Double.infinity) == nil)
    #expect((JSONNumber(1e300)?.text).flatMap { try? JSONValue(parsing: $0) } != nil)
  }
}

@Suite struct JSONPointerTests {
  static let document: JSONValue = [
    "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "m~n": 8, " ": 7,
  ]

  /// RFC 6901 section 5.
  @Test(
    arguments: [
      ("/foo/0", "bar"), ("/", 0), ("/a~1b", 1), ("/c%d", 2), ("/m~0n", 8), ("/ ", 7),
    ] as [(String, JSONValue)])
  func `a pointer leads to its value`(_ text: String, _ value: JSONValue) throws {
    let pointer = try #require(JSONPointer(text))
    #expect(pointer.description == text)
    #expect(Self.document[pointer] == value)
  }

  @Test(arguments: ["/foo/2", "/foo/-", "/foo/00", "/foo/+1", "/foo/0/x", "/nothing"])
  func `a pointer without a value leads nowhere`(_ text: String) throws {
    #expect(Self.document[try #require(JSONPointer(text))] == nil)
  }

  @Test(arguments: ["foo", "/~2", "/~", "#/foo"])
  func `an invalid pointer is rejected`(_ text: String) {
    #expect(JSONPointer(text) == nil)
  }

  @Test func `a pointer is extended and shortened`() {
    var pointer = JSONPointer.root
    pointer.append("a/b~")
    pointer.append(3)
    #expect(pointer.description == "/a~1b~0/3")
    #expect(Self.document[JSONPointer.root] == Self.document)
  }
}

@Suite struct JSONObjectTests {
  @Test func `a field is set in its position`() {
    var object = JSONObject([("a", 1), ("b", 2)])
    object["a"] = 3
    object["c"] = 4
    object["b"] = nil as JSONValue?
    object["d"] = nil as JSONValue?
    #expect(JSONValue(.object(object)).text() == #"{"a":3,"c":4}"#)
  }

  @Test func `names are compared by code points`() throws {
    let object = try #require(try JSONValue(parsing: "{\"é\":1,\"e\u{301}\":2}").objectValue)
    #expect(object["é"] == 1)
    #expect(object["e\u{301}"] == 2)
  }
}
