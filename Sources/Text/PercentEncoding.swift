/// Percent-encoding of URIs (RFC 3986 section 2.1): `%` and two hexadecimal digits for a byte.
package enum PercentEncoding {
  /// The meaning of a plus sign.
  package enum Plus: Sendable {
    /// A plus sign, as in paths.
    case plus
    /// A space, as in `application/x-www-form-urlencoded` (WHATWG URL section 5.1).
    case space
  }

  /// Returns the text with everything but `A-Za-z0-9-_.~` as `%XX` in upper case, a space as `%20`:
  /// the form that Signature V4 requires
  /// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
  package static func encode(_ text: String, keepingSlashes: Bool = false) -> String {
    var encoded: [UInt8] = []
    for byte in text.utf8 {
      if isUnreserved(byte) || (keepingSlashes && byte == UInt8(ascii: "/")) {
        encoded.append(byte)
      } else {
        encoded += [UInt8(ascii: "%"), Hexadecimal.digit(byte >> 4, .upper), Hexadecimal.digit(byte, .upper)]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  /// Returns the decoded text; nil where a `%` is not followed by two digits, or the result is not
  /// UTF-8.
  package static func decode(_ text: some Collection<UInt8>, _ plus: Plus) -> String? {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(text.count)
    var rest = text.makeIterator()
    while let byte = rest.next() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = rest.next().flatMap(Hexadecimal.value), let low = rest.next().flatMap(Hexadecimal.value) else {
          return nil
        }
        decoded.append(high << 4 | low)
      case UInt8(ascii: "+") where plus == .space: decoded.append(UInt8(ascii: " "))
      default: decoded.append(byte)
      }
    }
    return String(validating: decoded, as: UTF8.self)
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "~"): true
    default: ASCII.isLetterOrDigit(byte)
    }
  }
}
