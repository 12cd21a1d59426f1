import JSON

/// ICCs that exist elsewhere are imported with the external ID that their customers' trust policies
/// require. Only the command does this: over HTTP the registry makes every external ID itself.
extension ICCLifecycle {
  /// Returns the ICC that an earlier import of these values has made, or nil. Throws `invalid` with
  /// each reason that prevents the import.
  package static func imported(_ values: ImportedICC, in reader: any RegistryReader) throws -> ICC? {
    var errors: [Diagnostic] = []
    if let issued = try reader.issuedExternalID(values.externalID, in: .all) {
      guard let icc = try reader.icc(issued.icc, in: .all) else { throw LifecycleError.notFound }
      if let error = inUse(values, issued, icc) { throw LifecycleError.invalid([error]) }
      return icc
    }
    if let pending = values.pendingExternalID, let issued = try reader.issuedExternalID(pending, in: .all) {
      errors.append(inUse("/pendingExternalId", issued))
    }
    if try reader.organisation(values.new.organisation) == nil {
      errors.append(
        Diagnostic(
          pointer: "/organisation", code: "organisation.unknown",
          detail: "The organisation \(values.new.organisation) does not exist.",
          hint: "Create it with POST /v1/organisations."))
    }
    if let other = try reader.liveICC(named: values.new.name, in: values.new.organisation) {
      errors.append(
        Diagnostic(
          pointer: "/name", code: "name.taken", detail: "The ICC \(other.id) has this name.",
          hint: "Choose another name. Names are compared without case."))
    }
    if let id = values.id, try reader.icc(id, in: .all) != nil {
      errors.append(
        Diagnostic(
          pointer: "/id", code: "id.in-use", detail: "An ICC with another external ID has this identifier.",
          hint: "Leave out the id to have a new one made."))
    }
    guard errors.isEmpty else { throw LifecycleError.invalid(errors) }
    return nil
  }

  /// Imports an ICC, or returns nil if an earlier import has made it. `file` is the SHA-256 of the
  /// file in lowercase hexadecimal digits, which the event records.
  package static func importICC(
    _ values: ImportedICC, id fresh: ICCID, from file: String, _ context: ChangeContext, in writer: any RegistryWriter
  ) throws -> ICC? {
    guard try imported(values, in: writer) == nil else { return nil }
    var icc = values.icc(fresh, context)
    let sharesRole = try noteRole(of: &icc, since: nil, context, in: writer)
    try writer.insert(icc)
    try ICCEvents.append(
      .iccImported, from: nil, to: icc, sharesRole: sharesRole,
      adding: [("createdAt", .string(icc.createdAt.description)), ("fileSha256", .string(file))], context, in: writer)
    return icc
  }

  /// Returns the reason why an ICC with this external ID prevents the import; nil if it is the
  /// same.
  private static func inUse(_ values: ImportedICC, _ issued: IssuedExternalID, _ icc: ICC) -> Diagnostic? {
    guard issued.state == .live else { return inUse("/externalId", issued) }
    guard icc.deletedAt == nil else {
      return Diagnostic(
        pointer: "/externalId", code: "external-id.in-use",
        detail: "The external ID belongs to the ICC \(icc.id), which is deleted.",
        hint: "Restore it with POST /v1/iccs/\(icc.id)/restore, or remove this entry.")
    }
    let differences = values.differences(from: icc)
    guard !differences.isEmpty else { return nil }
    return Diagnostic(
      pointer: "/externalId", code: "external-id.in-use",
      detail: "The external ID belongs to the ICC \(icc.id), which differs in "
        + differences.joined(separator: ", ") + ".",
      hint: "Remove this entry. An import does not change an ICC; PATCH /v1/iccs/\(icc.id) does.")
  }

  private static func inUse(_ pointer: String, _ issued: IssuedExternalID) -> Diagnostic {
    let state =
      switch issued.state {
      case .live: "is the current one"
      case .pending: "is the pending one"
      case .retired: "is a retired one"
      }
    return Diagnostic(
      pointer: pointer, code: "external-id.in-use", detail: "The external ID \(state) of the ICC \(issued.icc).",
      hint: "Each external ID belongs to one ICC for ever. Remove this entry, or correct the external ID.")
  }
}
