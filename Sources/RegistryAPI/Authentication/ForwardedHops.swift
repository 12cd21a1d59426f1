import HTTPWire

/// The addresses that proxies have written into a header, from the last to the first.
///
/// The list is read from its end. So what a trusted proxy has appended means the same after
/// anything that the client has sent before it, such as a quotation mark without the other one.
struct ForwardedHops: IteratorProtocol {
  private let header: TrustedProxies.Header
  /// The part of the list that is not read yet. Several field lines are one list (RFC 9110 section
  /// 5.3).
  private var rest: ArraySlice<UInt8>

  init(_ headers: HTTPHeaders, _ header: TrustedProxies.Header) {
    self.header = header
    rest = Array(headers.all(header.rawValue).joined(separator: ",").utf8)[...]
  }

  /// Returns the address of the next element to the left. Returns nil at the end of the list, and
  /// if the element has no address: then the ones to the left of it are not trustworthy.
  mutating func next() -> String? {
    while !rest.isEmpty {
      let element = Substring(decoding: popElement(), as: UTF8.self).trimmingSpace()
      // RFC 9110 section 5.6.1.2: empty elements do not count.
      if !element.isEmpty { return node(of: element).flatMap(ForwardedNode.address) }
    }
    return nil
  }

  private func node(of element: Substring) -> String? {
    switch header {
    case .xForwardedFor: return String(element)
    case .forwarded:
      let bytes = Array(element.utf8)
      return ForwardedElement.node(in: bytes.span)
    }
  }

  /// Removes the last element, and the comma before it.
  private mutating func popElement() -> ArraySlice<UInt8> {
    var start = rest.endIndex
    while start > rest.startIndex, rest[start - 1] != UInt8(ascii: ",") {
      start -= 1
      if rest[start] == UInt8(ascii: "\"") { start = openingQuote(before: start) }
    }
    defer { rest = rest[..<start].dropLast() }
    return rest[start...]
  }

  /// Returns the position of the quotation mark that opens the quoted-string which ends at `end`;
  /// the start of the list if there is none. An odd number of backslashes before a mark escapes it.
  private func openingQuote(before end: Int) -> Int {
    var before = rest[..<end]
    while let mark = before.lastIndex(of: UInt8(ascii: "\"")) {
      before = rest[..<mark]
      if before.reversed().prefix(while: { $0 == UInt8(ascii: "\\") }).count.isMultiple(of: 2) { return mark }
    }
    return rest.startIndex
  }
}
