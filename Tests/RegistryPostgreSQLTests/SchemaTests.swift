import PostgreSQLKit
import Registry
import RegistryPostgreSQL
import StoreConformance
import Testing

/// The rules that the database itself keeps, whoever connects to it.
@Suite struct SchemaTests {
  @Test func `the database refuses what the registry never does`() async throws {
    let place = try StoreUnderTest()
    let store = try place.open()
    try await store.write { writer in
      try writer.create(Samples.icc(1))
      try writer.insert(Samples.token(1), hash: Samples.hash(1))
      try writer.revoke(Samples.tokenID(1), at: Samples.now)
      try writer.insert(Samples.organisation("gone"))
      let gone = try writer.organisation(OrganisationID(stored: "gone"))
      if let gone { try writer.delete(gone.next, at: Samples.now) }
    }
    let connection = try place.connection()
    for change in [
      "UPDATE events SET at = 0", "DELETE FROM events", "TRUNCATE events", "DELETE FROM iccs", "TRUNCATE iccs CASCADE",
      "UPDATE iccs SET version = version", "UPDATE iccs SET version = version + 2",
      "UPDATE iccs SET version = version + 1, created_at = 0", "DELETE FROM external_ids", "TRUNCATE external_ids",
      "UPDATE external_ids SET issued_at = 0", "DELETE FROM tokens", "UPDATE tokens SET revoked_at = NULL",
      "UPDATE tokens SET role = 'monitor'", "DELETE FROM organisations",
      "UPDATE organisations SET version = version + 1, deleted_at = NULL WHERE id = 'gone'",
      "INSERT INTO external_ids SELECT external_id, icc, 'retired', 0, 0 FROM external_ids",
      """
      INSERT INTO events SELECT seq + 2, at, kind, administrators_only, actor, address, request_id, organisation, subject,
        version, changes, hash, number FROM events
      """,
    ] {
      let error = #expect(throws: PostgreSQLError.self, "\(change)") { try connection.run(script: change) }
      #expect(error?.state == .constraint, "\(change): \(String(describing: error))")
    }
  }

  @Test func `of several instances that start together one migrates`() async throws {
    let place = try StoreUnderTest(isMigrated: false)
    let migrated = try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 1...6 {
        group.addTask { try Migrations(place.address).apply(at: Samples.now).contains { $0.appliedAt == nil } }
      }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(migrated == 1)
    #expect(try Migrations(place.address).status().allSatisfy { $0.appliedAt == Samples.now })
  }

  @Test func `a database of another program, of a newer version, or empty is refused`() throws {
    let place = try StoreUnderTest(isMigrated: false)
    func failure(migrates: Bool) -> String {
      do {
        try PostgreSQLRegistryStore(place.address, migrates: migrates, now: Samples.now) { _ in }.close()
        return ""
      } catch { return error.description }
    }
    #expect(failure(migrates: false).contains("is empty"))
    let connection = try place.connection()
    try connection.run(script: "CREATE TABLE other (a int)")
    for migrates in [false, true] { #expect(failure(migrates: migrates).contains("another program")) }
    try connection.run(script: "DROP TABLE other")
    #expect(failure(migrates: true) == "")
    #expect(failure(migrates: false) == "")
    try connection.run(script: "INSERT INTO migrations VALUES (1000, '1000_later', sha256(''), 0)")
    #expect(failure(migrates: true).contains("1000_later"))
    try connection.run(
      script: "DELETE FROM migrations WHERE number = 1000; UPDATE migrations SET checksum = sha256('')")
    #expect(failure(migrates: true).contains("another text"))
    #expect(!failure(migrates: true).contains("registry@"))
  }
}

extension Organisation {
  fileprivate var next: Organisation {
    Organisation(id: id, name: name, version: version + 1, createdAt: createdAt, createdBy: createdBy)
  }
}
