import HTTPWire
import JSON
import Registry
import Text

/// Reads query parameters and the fields of a body, and collects every error on the way, so that
/// one response reports all that is wrong with a request.
struct InputReader {
  private(set) var errors: RequestErrors
  private let query: Query
  private let body: JSONObject
  private var known: [String] = []

  /// A reader of the query and body that starts with the errors already found.
  init(query: Query, body: JSONObject, errors: RequestErrors) {
    self.errors = errors
    self.query = query
    self.body = body
  }

  mutating func report(_ error: RequestError) {
    errors.append(error)
  }

  /// Reports the fields that were not read.
  mutating func reportUnknownFields() {
    for field in body.members where !known.contains(field.name) {
      errors.append(FieldErrors.unexpected(field.name, known: known))
    }
  }

  /// Ends the reading: fields that were not read are reported. Throws if there is any error.
  mutating func finish() throws(Problem) {
    reportUnknownFields()
    if !errors.isEmpty { throw Problem(.validationFailed, errors: errors) }
  }
}

extension InputReader {
  /// A field of the body, which is then known.
  mutating func field(_ name: String) -> JSONValue? {
    known.append(name)
    return body[name]
  }

  /// A field's text; nil if it is absent or null. Another type is reported, and so is null if it is
  /// not allowed.
  mutating func text(_ name: String, required: Bool = false, nullable: Bool = true) -> String? {
    let value = field(name)
    switch value?.content {
    case .string(let text)?: return text
    case nil where required: report(FieldErrors.missing(name))
    case .null? where nullable && !required: break
    case nil: break
    default: report(FieldErrors.wrongType(name, wanted: "a string", found: value?.kind ?? "nothing"))
    }
    return nil
  }

  /// The domain value of a field's text; its diagnostics are reported.
  mutating func value<Value>(
    _ name: String, required: Bool = false, _ make: (String) throws(InvalidValue) -> Value
  ) -> Value? {
    text(name, required: required).flatMap { made($0, make) }
  }

  /// The texts of a field that is a list; nil if it is absent or null. Another type is reported, of
  /// the field or of one of its elements.
  mutating func texts(_ name: String) -> [String]? {
    guard let value = field(name), !value.isNull else { return nil }
    guard let elements = value.arrayValue else {
      report(FieldErrors.wrongType(name, wanted: "an array of strings", found: value.kind))
      return nil
    }
    let texts = elements.compactMap(\.stringValue)
    if texts.count == elements.count { return texts }
    for (index, element) in elements.enumerated() where element.stringValue == nil {
      report(FieldErrors.wrongType(name, at: index, found: element.kind))
    }
    return nil
  }

  /// The time in a field's text; another form is reported.
  mutating func moment(_ name: String, required: Bool = false) -> Timestamp? {
    guard let text = text(name, required: required) else { return nil }
    if let time = RFC3339.milliseconds(text) { return Timestamp(milliseconds: time) }
    report(
      RequestError(
        .pointer("/" + name), FieldErrors.subject(name) + ".malformed", "This is not an RFC 3339 date and time.",
        hint: "Write it like 2027-01-31T12:00:00Z."))
    return nil
  }

  /// A field that must be true or false; nil if it is absent or null. Another type is reported.
  mutating func flagField(_ name: String) -> Bool? {
    guard let value = field(name), !value.isNull else { return nil }
    if let flag = value.boolValue { return flag }
    report(FieldErrors.wrongType(name, wanted: "true or false", found: value.kind))
    return nil
  }

  /// A field that must be an integer within the range; nil if it is absent or null. Any other value
  /// is reported.
  mutating func integerField(_ name: String, in allowed: ClosedRange<Int64>) -> Int64? {
    guard let value = field(name), !value.isNull else { return nil }
    if let number = value.numberValue?.double, let count = Int64(exactly: number), allowed.contains(count) {
      return count
    }
    let kind = value.numberValue == nil ? ".wrong-type" : ".out-of-range"
    report(
      RequestError(
        .pointer("/" + name), FieldErrors.subject(name) + kind,
        "The field \(name) must be an integer from \(allowed.lowerBound) to \(allowed.upperBound)."))
    return nil
  }

  /// The domain value of a text or of a list; its diagnostics are reported.
  mutating func made<Input, Value>(_ input: Input, _ make: (Input) throws(InvalidValue) -> Value) -> Value? {
    do {
      return try make(input)
    } catch {
      errors.append(contentsOf: error.diagnostics.map(RequestError.init))
      return nil
    }
  }

  /// The values of a parameter that can be repeated.
  func parameters(_ name: String) -> [String] { query.values(name) }

  /// The value of a parameter; nil if it is absent. The pipeline has already reported repeated
  /// ones.
  func parameter(_ name: String) -> String? {
    query.parameters.isEmpty ? nil : query.values(name).first
  }

  /// A parameter that must be `true` or `false`; false if it is absent.
  mutating func flag(_ name: String) -> Bool {
    switch parameter(name) {
    case nil, "false"?: return false
    case "true"?: return true
    default:
      report(RequestError(.parameter(name), "query.wrong-value", "The parameter \(name) must be true or false."))
      return false
    }
  }

  /// A boolean; nil if it is absent.
  mutating func optionalFlag(_ name: String) -> Bool? {
    parameter(name) == nil ? nil : flag(name)
  }

  /// An integer within the range; nil if it is absent.
  mutating func integer(_ name: String, in range: ClosedRange<Int64>) -> Int64? {
    guard let text = parameter(name) else { return nil }
    if let value = Int64(text), String(value) == text, range.contains(value) { return value }
    report(
      RequestError(
        .parameter(name), "query.wrong-value",
        "The parameter \(name) must be an integer from \(range.lowerBound) to \(range.upperBound)."))
    return nil
  }

  /// The requested page of a list, with `defaultLimit` items if the request has no limit.
  mutating func page(of list: Cursor, _ seal: CursorSeal, defaultLimit: Int = 50) -> PageRequest {
    let limit = integer("limit", in: 1...200).map(Int.init) ?? defaultLimit
    let first = PageRequest(limit: limit, order: list.order)
    guard let text = parameter("cursor") else { return first }
    if let last = seal.position(text, of: list) {
      return PageRequest(after: last.sequence, key: last.key, limit: limit, order: list.order)
    }
    report(
      RequestError(
        .parameter("cursor"), "cursor.invalid", "This is not a cursor of this list.",
        hint: "Use nextCursor of the previous page, unchanged."))
    return first
  }
}
