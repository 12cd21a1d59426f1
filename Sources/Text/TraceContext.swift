/// The identity of a request in a distributed trace: the header `traceparent` of W3C Trace Context
/// (https://www.w3.org/TR/trace-context/#traceparent-header-field-values).
package struct TraceContext: Hashable, Sendable {
  /// The name of the header.
  package static let headerName = "traceparent"
  private static let separator = UInt8(ascii: "-")

  /// The trace: 32 lowercase hexadecimal digits, not all zero.
  package let traceID: String
  /// The caller's span: 16 lowercase hexadecimal digits, not all zero.
  package let parentID: String
  /// True if the caller may have recorded the trace.
  package let isSampled: Bool

  /// Parses a value of any version that begins like version 00; nil for a malformed one.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 55, bytes[2] == Self.separator, bytes[35] == Self.separator, bytes[52] == Self.separator,
      let version = Self.digits(bytes[0..<2]), version != "ff",
      let trace = Self.digits(bytes[3..<35]), trace.contains(where: { $0 != "0" }),
      let parent = Self.digits(bytes[36..<52]), parent.contains(where: { $0 != "0" }),
      let flags = Self.digits(bytes[53..<55]), let bits = UInt8(flags, radix: 16)
    else { return nil }
    // Version 00 ends here; a later one may add fields (section 3.2.4).
    guard bytes.count == 55 || (version != "00" && bytes[55] == Self.separator) else { return nil }
    (traceID, parentID, isSampled) = (trace, parent, bits & 1 == 1)
  }

  /// The value of the header in version 00.
  package var text: String { "00-\(traceID)-\(parentID)-0\(isSampled ? 1 : 0)" }

  private static func digits(_ bytes: ArraySlice<UInt8>) -> String? {
    bytes.allSatisfy(Hexadecimal.isLowercaseDigit) ? String(decoding: bytes, as: UTF8.self) : nil
  }
}
