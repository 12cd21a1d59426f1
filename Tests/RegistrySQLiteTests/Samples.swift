import Registry
import RegistrySQLite
import SQLiteKit
import System
import TestSupport

/// Values as they come from the domain, different for each number.
enum Samples {
  static let now = Timestamp(milliseconds: 1_795_428_000_000)

  static func iccID(_ number: Int) -> ICCID { ICCID(stored: "icc_" + padded(number)) }

  static func tokenID(_ number: Int) -> TokenID { TokenID(stored: "tok_" + padded(number)) }

  static func icc(
    _ number: Int, organisation: OrganisationID = .default, name: String? = nil, userARN: String? = nil,
    externalID: ExternalID = .random(), pending: ExternalID? = nil, version: Int64 = 1, bucket: String = "acme-data",
    deletedAt: Timestamp? = nil, status: ICCStatus? = nil, createdAt: Timestamp = now
  ) -> ICC {
    ICC(
      id: iccID(number), organisation: organisation, name: ICCName(stored: name ?? "ICC \(number)"),
      connectorType: .s3CrossAccount, status: status ?? (userARN == nil ? .draft : .unverified), isEnabled: true,
      userARN: userARN.map(UserARN.init(stored:)), sessionName: SessionName(stored: "acme-import"),
      bucketName: BucketName(stored: bucket), prefix: Prefix(stored: "exports/é"), kmsKeyARN: nil,
      externalID: externalID, pendingExternalID: pending, version: version, createdAt: createdAt,
      createdBy: .commandLine, updatedAt: createdAt.adding(milliseconds: version), updatedBy: .commandLine,
      deletedAt: deletedAt)
  }

  static func token(
    _ number: Int, role: Role = .admin, organisation: OrganisationID? = nil, expiresAt: Timestamp? = nil
  ) -> Token {
    Token(
      id: tokenID(number), name: "token \(number)", role: role, organisation: organisation, createdAt: now,
      createdBy: .commandLine, expiresAt: expiresAt)
  }

  static func hash(_ number: UInt8) -> TokenHash { TokenHash(bytes: [UInt8](repeating: number, count: 32)) }

  static func organisation(_ id: String) -> Organisation {
    Organisation(id: OrganisationID(stored: id), name: "The \(id) company", createdAt: now, createdBy: .commandLine)
  }

  static func event(_ kind: EventKind = .iccCreated, organisation: OrganisationID? = .default, _ icc: Int = 1)
    -> AuditEvent
  {
    AuditEvent(
      at: now, kind: kind, actor: .commandLine, address: "127.0.0.1", requestID: "r-\(icc)",
      organisation: organisation, subject: iccID(icc).text, version: 1,
      changes: #"{"name":{"before":null,"after":"é"}}"#)
  }

  private static func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: 26 - digits.count) + digits
  }
}

/// A store in a folder of its own, and the faults that it reported.
final class StoreUnderTest: Sendable {
  let folder = TemporaryFolder()
  let faults = Locked<[SQLiteError]>([])

  /// Opens the store, or makes it.
  func open(_ purpose: StorePurpose = .server) throws(StoreOpeningError) -> SQLiteRegistryStore {
    try SQLiteRegistryStore(path: folder("r.db"), purpose: purpose, now: Samples.now) { [weak self] error in
      self?.faults.withLock { $0.append(error) }
    }
  }

  /// A connection that goes around the store.
  func connection(_ access: SQLiteConnection.Access = .readWrite) throws(SQLiteError) -> SQLiteConnection {
    try SQLiteConnection(path: folder("r.db"), access: access)
  }
}

extension RegistryStore {
  /// A write that is kept.
  func write<Value: Sendable>(_ body: @escaping @Sendable (any RegistryWriter) throws -> Value) async throws -> Value {
    try await write(dryRun: false, body)
  }
}
