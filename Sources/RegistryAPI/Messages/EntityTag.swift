import HTTPWire
import OpenSSLKit
import Text

/// An entity tag (RFC 9110 section 8.8.3).
struct EntityTag: Equatable {
  let isWeak: Bool
  /// The text between the quotes.
  let opaque: String

  /// Returns the tag of a version.
  static func text(of version: Int64) -> String {
    let digits = version.description.utf8
    return unsafe String(unsafeUninitializedCapacity: digits.count + 2) { text in
      unsafe text[0] = UInt8(ascii: "\"")
      _ = unsafe text[1...].update(fromContentsOf: digits)
      unsafe text[digits.count + 1] = UInt8(ascii: "\"")
      return digits.count + 2
    }
  }

  /// The tag of a document that depends on more than one ICC: 96 bits of the SHA-256 of its text.
  static func text(ofContent text: String) -> String {
    "\"\(Base64URL.encode(Array(SHA256.digest(of: text).prefix(12)).span))\""
  }

  /// The version in the tag; nil if this registry cannot have sent the tag.
  var version: Int64? {
    guard let value = Int64(opaque), String(value) == opaque else { return nil }
    return value
  }
}

/// The value of `If-Match` or `If-None-Match` (RFC 9110 sections 13.1.1 and 13.1.2).
enum EntityTagList {
  case any
  case tags([EntityTag])

  /// Nil if the fields are not `*` or a list of tags.
  init?(_ values: [String]) {
    if values == ["*"] {
      self = .any
      return
    }
    var tags: [EntityTag] = []
    for value in values {
      guard let more = Self.tags(in: value) else { return nil }
      tags += more
    }
    self = .tags(tags)
  }

  /// True if one of the tags matches by the weak comparison, which only compares the opaque parts.
  func containsWeakly(_ text: String) -> Bool {
    switch self {
    case .any: true
    case .tags(let tags): tags.contains { "\"\($0.opaque)\"" == text }
    }
  }

  /// True if one of the tags matches by the strong comparison.
  func containsStrongly(_ text: String) -> Bool {
    switch self {
    case .any: true
    case .tags(let tags): tags.contains { !$0.isWeak && "\"\($0.opaque)\"" == text }
    }
  }

  private static func tags(in value: String) -> [EntityTag]? {
    var tags: [EntityTag] = []
    var rest = value.utf8[...]
    while true {
      rest = rest.drop { ASCII.isSpaceOrTab($0) || $0 == UInt8(ascii: ",") }
      if rest.isEmpty { return tags.isEmpty ? nil : tags }
      let isWeak = rest.starts(with: "W/".utf8)
      if isWeak { rest = rest.dropFirst(2) }
      guard rest.first == UInt8(ascii: "\""), let end = rest.dropFirst().firstIndex(of: UInt8(ascii: "\"")) else {
        return nil
      }
      let opaque = rest[rest.index(after: rest.startIndex)..<end]
      guard opaque.allSatisfy({ $0 == 0x21 || $0 >= 0x23 && $0 != 0x7F }) else { return nil }
      tags.append(EntityTag(isWeak: isWeak, opaque: String(decoding: opaque, as: UTF8.self)))
      rest = rest[rest.index(after: end)...].drop(while: ASCII.isSpaceOrTab)
      guard rest.isEmpty || rest.first == UInt8(ascii: ",") else { return nil }
    }
  }
}
