import JSON
package import Registry
package import System

/// Values as they come from the domain, different for each number.
package enum Samples {
  /// The time of all samples.
  package static let now = Timestamp(milliseconds: 1_795_428_000_000)

  /// Returns the identifier of an ICC.
  package static func iccID(_ number: Int) -> ICCID { ICCID(stored: "icc_" + padded(number)) }

  /// Returns the identifier of a token.
  package static func tokenID(_ number: Int) -> TokenID { TokenID(stored: "tok_" + padded(number)) }

  /// Returns an ICC.
  package static func icc(
    _ number: Int, organisation: OrganisationID = .default, name: String? = nil, userARN: String? = nil,
    externalID: ExternalID = .random(), pending: ExternalID? = nil, version: Int64 = 1, bucket: String = "acme-data",
    deletedAt: Timestamp? = nil, status: ICCStatus? = nil, createdAt: Timestamp = now,
    sharedRole: SharedRoleAlarm? = nil, description: String = ""
  ) -> ICC {
    ICC(
      id: iccID(number), organisation: organisation, name: ICCName(stored: name ?? "ICC \(number)"),
      connectorType: .s3CrossAccount, status: status ?? (userARN == nil ? .draft : .unverified), isEnabled: true,
      userARN: userARN.map(UserARN.init(stored:)), sessionName: SessionName(stored: "acme-import"),
      bucketName: BucketName(stored: bucket), prefix: Prefix(stored: "exports/é"), kmsKeyARN: nil,
      externalID: externalID, pendingExternalID: pending, version: version, createdAt: createdAt,
      createdBy: .commandLine, updatedAt: createdAt.adding(milliseconds: version - 1), updatedBy: .commandLine,
      deletedAt: deletedAt, description: ICCDescription(stored: description), sharedRole: sharedRole,
      filenames: Filenames(stored: ["*.csv", "2026/é\"\\?.parquet"]))
  }

  /// Returns the alarm of an ICC.
  package static func alarm(isHeld: Bool) -> SharedRoleAlarm { SharedRoleAlarm(raisedAt: now, isHeld: isHeld) }

  /// Returns a token.
  package static func token(
    _ number: Int, role: Role = .admin, organisation: OrganisationID? = nil, expiresAt: Timestamp? = nil,
    createdBy: Actor = .commandLine
  ) -> Token {
    token(
      number, role: role, organisations: organisation.map { [$0] } ?? [], expiresAt: expiresAt, createdBy: createdBy)
  }

  /// Returns a token of several organisations.
  package static func token(
    _ number: Int, role: Role, organisations: [OrganisationID], addressBlocks: [AddressBlock] = [],
    expiresAt: Timestamp? = nil, createdBy: Actor = .commandLine
  ) -> Token {
    Token(
      id: tokenID(number), name: "token \(number)", role: role, organisations: organisations,
      addressBlocks: addressBlocks, lastFour: "a7Zq", createdAt: now, createdBy: createdBy, expiresAt: expiresAt)
  }

  /// Returns the hash of a token beyond the 255th.
  package static func hash(ofToken number: Int) -> TokenHash {
    let digits = Array(String(number).utf8)
    return TokenHash(bytes: [UInt8](repeating: 0, count: 32 - digits.count) + digits)
  }

  /// Returns the hash of a token.
  package static func hash(_ number: UInt8) -> TokenHash { TokenHash(bytes: [UInt8](repeating: number, count: 32)) }

  /// Returns an organisation.
  package static func organisation(_ id: String) -> Organisation {
    Organisation(id: OrganisationID(stored: id), name: "The \(id) company", createdAt: now, createdBy: .commandLine)
  }

  /// Returns an event about an ICC.
  package static func event(
    _ kind: EventKind = .iccCreated, organisation: OrganisationID? = .default, _ icc: Int = 1, version: Int64? = 1
  ) -> AuditEvent {
    AuditEvent(
      at: now, kind: kind, actor: .commandLine, address: "127.0.0.1", requestID: "r-\(icc)",
      organisation: organisation, subject: iccID(icc).text, version: version,
      changes: #"{"name":{"before":null,"after":"é"}}"#)
  }

  private static func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: 26 - digits.count) + digits
  }
}

extension RegistryWriter {
  /// Stores a new ICC with its event.
  package func create(_ icc: ICC) throws {
    try insert(icc)
    try append(.iccCreated, from: nil, to: icc)
  }

  /// Stores the next version of an ICC with its event.
  package func change(_ icc: ICC) throws {
    let before = try self.icc(icc.id, in: .all)
    try update(icc)
    try append(.iccUpdated, from: before, to: icc)
  }

  private func append(_ kind: EventKind, from before: ICC?, to after: ICC) throws {
    try append(event(kind, of: after, version: after.version, ICCDifference(from: before, to: after).changes))
    let wasHeld = before?.isHeld ?? false
    guard after.isHeld != wasHeld else { return }
    let held: JSONValue = ["held": ["before": .bool(wasHeld), "after": .bool(after.isHeld)]]
    try append(event(.userARNShared, of: after, version: nil, held))
  }

  private func event(_ kind: EventKind, of icc: ICC, version: Int64?, _ changes: JSONValue) -> AuditEvent {
    AuditEvent(
      at: icc.updatedAt, kind: kind, actor: icc.updatedBy, address: nil, requestID: nil,
      organisation: icc.organisation, subject: icc.id.text, version: version, changes: changes.text())
  }
}

extension RegistryStore {
  /// Performs a write that is not a dry run.
  package func write<Value: Sendable>(_ body: @escaping @Sendable (any RegistryWriter) throws -> Value) async throws
    -> Value
  {
    try await write(dryRun: false, body)
  }
}
