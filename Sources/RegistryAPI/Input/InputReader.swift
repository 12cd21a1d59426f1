import HTTPWire
import JSON
import Registry

/// Reads the parameters of a query and the members of a body, and gathers every fault on the way: a request is refused
/// once, with all that is wrong with it.
struct InputReader {
  private(set) var errors: [RequestError]
  private let query: Query
  private let body: JSONObject
  private var known: [String] = []

  /// A reader of the query and body that starts with the errors already found.
  init(query: Query, body: JSONObject, errors: [RequestError]) {
    self.errors = errors
    self.query = query
    self.body = body
  }

  mutating func report(_ error: RequestError) {
    errors.append(error)
  }

  /// Ends the reading: members that nobody asked for are unknown, and any error refuses the request.
  mutating func finish() throws(Problem) {
    for member in body.members where !known.contains(member.name) {
      errors.append(FieldErrors.unasked(member.name))
    }
    if !errors.isEmpty { throw Problem(.validationFailed, errors: errors) }
  }
}

extension InputReader {
  /// A member of the body, noted as known.
  mutating func member(_ name: String) -> JSONValue? {
    known.append(name)
    return body[name]
  }

  /// A member's text; nil where it is absent or (unless it must not be) null, or is reported as something else.
  mutating func text(_ name: String, required: Bool = false, nullable: Bool = true) -> String? {
    let value = member(name)
    switch value?.content {
    case .string(let text)?: return text
    case nil where required: report(FieldErrors.missing(name))
    case .null? where nullable && !required: break
    case nil: break
    default: report(FieldErrors.wrongType(name, wanted: "a string", found: value?.kind ?? "nothing"))
    }
    return nil
  }

  /// A value of the domain made of a member's text; its diagnostics are reported.
  mutating func value<Value>(
    _ name: String, required: Bool = false, _ make: (String) throws(InvalidValue) -> Value
  ) -> Value? {
    text(name, required: required).flatMap { made($0, make) }
  }

  /// A value of the domain made of a text.
  mutating func made<Value>(_ text: String, _ make: (String) throws(InvalidValue) -> Value) -> Value? {
    do {
      return try make(text)
    } catch {
      errors += error.diagnostics.map(RequestError.init)
      return nil
    }
  }

  /// The value of a parameter; nil where it is absent. That it stands there once the pipeline has checked.
  func parameter(_ name: String) -> String? {
    query.parameters.isEmpty ? nil : query.values(name).first
  }

  /// `true` or `false`; false where it is absent.
  mutating func flag(_ name: String) -> Bool {
    switch parameter(name) {
    case nil, "false"?: return false
    case "true"?: return true
    default:
      report(RequestError(.parameter(name), "query.wrong-value", "The parameter \(name) is true or false."))
      return false
    }
  }

  /// An integer within the range; nil where it is absent.
  mutating func integer(_ name: String, in range: ClosedRange<Int64>) -> Int64? {
    guard let text = parameter(name) else { return nil }
    if let value = Int64(text), String(value) == text, range.contains(value) { return value }
    report(
      RequestError(
        .parameter(name), "query.wrong-value",
        "The parameter \(name) is an integer from \(range.lowerBound) to \(range.upperBound)."))
    return nil
  }

  /// Which page of a list is asked for.
  mutating func page(of list: Cursor) -> PageRequest {
    let limit = Int(integer("limit", in: 1...200) ?? 50)
    let request = { PageRequest(after: $0, limit: limit, isNewestFirst: list.isNewestFirst) }
    guard let text = parameter("cursor") else { return request(0) }
    if let after = list.sequence(text) { return request(after) }
    report(
      RequestError(
        .parameter("cursor"), "cursor.invalid", "This is no cursor of this list.",
        hint: "Take nextCursor of the page before as it is."))
    return request(0)
  }
}
