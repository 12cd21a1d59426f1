import JSON
import Registry
import Text

/// One event on its way into the log: a line of JSON for programs, or of text for people. Whatever
/// a field holds, the line stays one line.
struct LogLine: ~Copyable {
  private var json: JSONWriter
  private var text: [UInt8] = []
  private let isJSON: Bool

  /// The line of an event, which `name` tells apart from other events.
  init(_ level: LogLevel, _ name: StaticString, at time: Timestamp, asJSON: Bool) {
    isJSON = asJSON
    json = JSONWriter(.compact, capacity: asJSON ? 512 : 0)
    if asJSON {
      json.beginObject()
      json.memberName("time")
      let time = time.utf8
      json.string(plain: time.span)
      field("level", level.rawValue)
      json.memberName("event")
      unsafe json.string(plain: Span(_unsafeStart: name.utf8Start, count: name.utf8CodeUnitCount))
    } else {
      text.reserveCapacity(256)
      text += time.description.utf8
      text += (" " + level.rawValue.uppercased() + " ").utf8
      text += name.description.utf8
    }
  }

  /// Adds a text.
  mutating func field(_ name: StaticString, _ value: String) {
    if isJSON {
      json.member(name, value)
    } else {
      beginText(name)
      appendText(value)
    }
  }

  /// Adds a number.
  mutating func field(_ name: StaticString, _ value: Int) {
    if isJSON {
      json.memberName(name)
      json.int(value)
    } else {
      beginText(name)
      text += String(value).utf8
    }
  }

  /// Adds a text if there is one.
  mutating func field(_ name: StaticString, _ value: String?) {
    if let value { field(name, value) }
  }

  /// Lends the line with its end.
  consuming func finished<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    if isJSON {
      json.endObject()
      json.endLine()
      return json.withBytes(body)
    }
    text.append(0x0A)
    return body(text.span)
  }

  private mutating func beginText(_ name: StaticString) {
    text.append(UInt8(ascii: " "))
    text += name.description.utf8
    text.append(UInt8(ascii: "="))
  }

  /// As it is where it is plain, else in quotes as in JSON, which leaves no control character
  /// standing.
  private mutating func appendText(_ value: String) {
    let isPlain =
      !value.isEmpty
      && value.utf8.allSatisfy { ASCII.isVisible($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    if isPlain {
      text += value.utf8
    } else {
      var writer = JSONWriter(.compact)
      writer.string(value)
      text += writer.bytes
    }
  }
}
