/// A JSON pointer (RFC 6901): the way from the root of a document to one of its values.
package struct JSONPointer: Sendable, Hashable, CustomStringConvertible {
  /// The reference tokens, unescaped, outermost first.
  package private(set) var tokens: [String]

  /// The pointer of the whole document.
  package static let root = JSONPointer(tokens: [])

  /// A pointer of unescaped tokens.
  package init(tokens: [String]) {
    self.tokens = tokens
  }

  /// Reads the string form (RFC 6901 section 3); `nil` if it is neither empty nor begins with `/`,
  /// or has a `~` that is followed by neither `0` nor `1`.
  package init?(_ text: String) {
    var tokens: [String] = []
    var token: [UInt8]?
    var bytes = text.utf8.makeIterator()
    while let byte = bytes.next() {
      if byte == UInt8(ascii: "/") {
        if let token { tokens.append(String(decoding: token, as: UTF8.self)) }
        token = []
        continue
      }
      guard token != nil else { return nil }
      if byte == UInt8(ascii: "~") {
        switch bytes.next() {
        case UInt8(ascii: "0"): token?.append(UInt8(ascii: "~"))
        case UInt8(ascii: "1"): token?.append(UInt8(ascii: "/"))
        default: return nil
        }
      } else {
        token?.append(byte)
      }
    }
    if let token { tokens.append(String(decoding: token, as: UTF8.self)) }
    self.tokens = tokens
  }

  /// Steps into a member of an object.
  package mutating func append(_ member: String) {
    tokens.append(member)
  }

  /// Steps into an element of an array, counted from 0.
  package mutating func append(_ index: Int) {
    tokens.append(String(index))
  }

  /// The pointer to a member of the object that this one points to.
  package func appending(_ member: String) -> JSONPointer {
    JSONPointer(tokens: tokens + [member])
  }

  /// The pointer to an element, counted from 0, of the array that this one points to.
  package func appending(_ index: Int) -> JSONPointer {
    JSONPointer(tokens: tokens + [String(index)])
  }

  /// This pointer seen from a document that holds this one's document in `member`.
  func inside(_ member: String) -> JSONPointer {
    JSONPointer(tokens: [member] + tokens)
  }

  /// The string form, with `~` written `~0` and `/` written `~1` (RFC 6901 section 3); empty for
  /// the root.
  package var description: String {
    var bytes: [UInt8] = []
    for token in tokens {
      bytes.append(UInt8(ascii: "/"))
      for byte in token.utf8 {
        switch byte {
        case UInt8(ascii: "~"): bytes += [UInt8(ascii: "~"), UInt8(ascii: "0")]
        case UInt8(ascii: "/"): bytes += [UInt8(ascii: "~"), UInt8(ascii: "1")]
        default: bytes.append(byte)
        }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension JSONValue {
  /// The value that a pointer leads to, or `nil` where the way ends early. An array index is digits
  /// without leading zeros (RFC 6901 section 4).
  package subscript(pointer: JSONPointer) -> JSONValue? {
    var value = self
    for token in pointer.tokens {
      guard let next = value.step(into: token) else { return nil }
      value = next
    }
    return value
  }

  private func step(into token: String) -> JSONValue? {
    switch content {
    case .object(let object):
      return object[token]
    case .array(let elements):
      guard let index = Int(token), String(index) == token, elements.indices.contains(index) else { return nil }
      return elements[index]
    default:
      return nil
    }
  }
}
