package import JSON
package import Registry

/// An ICC as one entry of a file that `icc-registry export` writes and `icc-registry import` reads.
/// The rules of its fields are those of a create.
package enum ICCRecord {
  /// The names of the fields, in the order in which they are written.
  package static let fields = [
    "id", "organisation", "name", "description", "connectorType", "enabled", "userArn", "sessionName", "bucketName",
    "bucketOwner", "prefix", "filenames", "kmsKeyArn", "externalId", "pendingExternalId", "createdAt",
  ]
  /// The fields that every entry must have.
  private static let required = ["name", "connectorType", "sessionName", "bucketName", "externalId"]
  /// The number of milliseconds by which the clock of another machine can be ahead.
  private static let maxClockDifference: Int64 = 86_400_000

  /// Returns the entry's values. `organisation` is that of entries that do not name one. Throws
  /// each error.
  package static func read(
    _ record: JSONObject, organisation: OrganisationID, _ connector: ConnectorIdentity, at now: Timestamp
  ) throws(InvalidValue) -> ImportedICC {
    var input = InputReader(query: .empty, body: record, errors: [])
    let id = identifier(&input, now)
    var new = ICCInput.values(&input, connector)
    let named = input.text("organisation").flatMap {
      OrganisationInput.identifier($0, at: .pointer("/organisation"), &input)
    }
    let isEnabled = input.flagField("enabled") ?? true
    let externalID = input.value("externalId", required: true) { text throws(InvalidValue) in
      try ExternalID(validatingImported: text)
    }
    let pending = input.value("pendingExternalId") { text throws(InvalidValue) in
      try ExternalID(validatingImported: text, as: .pending)
    }
    if let pending, pending == externalID { input.report(repeatedPending) }
    let createdAt = input.moment("createdAt")
    if let createdAt, isInFuture(createdAt, now) { input.report(future("createdAt")) }
    input.reportUnknownFields()
    new?.organisation = named ?? organisation
    guard input.errors.isEmpty, let new, let externalID else { throw InvalidValue(diagnostics: input.diagnostics) }
    return ImportedICC(
      new, id: id, externalID: externalID, pendingExternalID: pending, isEnabled: isEnabled, createdAt: createdAt)
  }

  /// Returns the errors in a list of columns: unknown, repeated and missing names.
  package static func errors(inColumns names: [String]) -> [Diagnostic] {
    var input = InputReader(
      query: .empty, body: JSONObject(names.filter { !fields.contains($0) }.map { ($0, .null) }), errors: [])
    for name in fields { _ = input.field(name) }
    input.reportUnknownFields()
    let repeated = fields.filter { name in names.count { $0 == name } > 1 }
    let missing = required.filter { !names.contains($0) }.map { FieldErrors.missing($0).diagnostic }
    return input.diagnostics + missing
      + repeated.map {
        Diagnostic(pointer: "/" + $0, code: "json.duplicate-member", detail: "The column \($0) occurs twice.")
      }
  }

  private static func identifier(_ input: inout InputReader, _ now: Timestamp) -> ICCID? {
    guard let text = input.text("id") else { return nil }
    guard let id = ICCID(text) else {
      input.report(
        RequestError(
          .pointer("/id"), "id.malformed", "This is not the identifier of an ICC.",
          hint: "Leave it out to have a new one made. Identifiers are icc_ and 26 characters."))
      return nil
    }
    if isInFuture(id.time, now) { input.report(future("id")) }
    return id
  }

  private static func isInFuture(_ time: Timestamp, _ now: Timestamp) -> Bool {
    time > now.adding(milliseconds: maxClockDifference)
  }

  private static func future(_ name: String) -> RequestError {
    RequestError(
      .pointer("/" + name), FieldErrors.subject(name) + ".in-future", "The time in \(name) is in the future.",
      hint: "Correct it, or leave it out. If it is right, correct this machine's clock.")
  }

  private static let repeatedPending = RequestError(
    .pointer("/pendingExternalId"), "external-id.repeated", "The pending external ID is also the current one.",
    hint: "Leave it out if no rotation is in progress.")
}

extension InputReader {
  /// All errors so far. The last one counts those that are not listed.
  fileprivate var diagnostics: [Diagnostic] {
    let listed = errors.listed.map(\.diagnostic)
    guard errors.omitted > 0 else { return listed }
    return listed + [
      Diagnostic(pointer: "", code: "body.more-errors", detail: "There are \(errors.omitted) more errors.")
    ]
  }
}

extension RequestError {
  /// The error of a field, as the domain describes it.
  fileprivate var diagnostic: Diagnostic {
    let pointer = if case .pointer(let text) = position { text } else { "" }
    return Diagnostic(pointer: pointer, code: code, detail: detail, hint: hint)
  }
}
