import Text

/// The decoded parameters of a query, `application/x-www-form-urlencoded` (WHATWG URL section 5.1),
/// in order.
struct Query: Sendable {
  struct Parameter: Sendable {
    let name: String
    let value: String
  }

  let parameters: [Parameter]

  /// A query without parameters.
  static let empty = Query(parameters: [])

  private init(parameters: [Parameter]) {
    self.parameters = parameters
  }

  /// Nil if a decoded name or value is not valid UTF-8.
  init?(_ raw: String?) {
    guard let raw, !raw.isEmpty else {
      self = .empty
      return
    }
    var parameters: [Parameter] = []
    for pair in raw.utf8.split(separator: UInt8(ascii: "&")) {
      let equals = pair.firstIndex(of: UInt8(ascii: "="))
      guard let name = Self.decoded(pair[..<(equals ?? pair.endIndex)]),
        let value = Self.decoded(equals.map { pair[pair.index(after: $0)...] } ?? pair[pair.endIndex...])
      else { return nil }
      parameters.append(Parameter(name: name, value: value))
    }
    self.parameters = parameters
  }

  func values(_ name: String) -> [String] {
    parameters.filter { $0.name == name }.map(\.value)
  }

  private static func decoded(_ text: Substring.UTF8View) -> String? { PercentEncoding.decode(text, .space) }
}
