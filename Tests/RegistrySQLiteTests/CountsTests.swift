import Registry
import RegistryStorage
import SQLiteKit
import StoreConformance
import TestSupport
import Testing

@testable import RegistrySQLite

/// The counts that triggers keep for metrics.
@Suite struct CountsTests {
  private let place = StoreUnderTest()
  private let externalIDs = (0...5).map { _ in ExternalID.random() }

  private func icc(
    _ number: Int, version: Int64 = 1, _ status: ICCStatus = .unverified, deletedAt: Timestamp? = nil
  ) -> ICC {
    Samples.icc(
      number, userARN: "arn:aws:iam::111122223333:role/infosum-import", externalID: externalIDs[number],
      version: version, deletedAt: deletedAt, status: status)
  }

  private func counted(_ store: SQLiteRegistryStore) -> [ICCStatus: Int] {
    store.statistics().iccs.filter { $0.value > 0 }
  }

  @Test func `every change of an ICC's status is counted`() async throws {
    let store = try place.open()
    #expect(store.statistics().iccs == Dictionary(uniqueKeysWithValues: ICCStatus.allCases.map { ($0, 0) }))
    let made = (1...5).map { icc($0) }
    try await store.write { writer in for icc in made { try writer.create(icc) } }
    #expect(counted(store) == [.unverified: 5])
    let first = [
      icc(1, version: 2, .verified), icc(2, version: 2, .insecure), icc(3, version: 2, deletedAt: Samples.now),
    ]
    try await store.write { writer in for icc in first { try writer.change(icc) } }
    #expect(counted(store) == [.unverified: 2, .verified: 1, .insecure: 1])
    let second = [icc(2, version: 3, .failing, deletedAt: Samples.now), icc(3, version: 3), icc(4, version: 2)]
    try await store.write { writer in for icc in second { try writer.change(icc) } }
    #expect(counted(store) == [.unverified: 3, .verified: 1])
    store.close()
    #expect(try DatabaseMaintenance.examine(place.folder("r.db"), now: Samples.now).findings.isEmpty)
  }

  @Test func `an alarm about a shared role is counted, and a change that is undone is not`() async throws {
    let store = try place.open()
    for (number, isDryRun) in [(1, false), (2, true)] {
      let icc = icc(number)
      try await store.write(dryRun: isDryRun) { writer in
        try writer.insert(icc)
        try writer.append(Samples.event(.userARNShared, number))
      }
    }
    #expect(store.statistics().sharedRoleAlarms == 1)
    #expect(counted(store) == [.unverified: 1])
  }

  @Test func `held ICCs and listed alarms are counted while they live`() async throws {
    let store = try place.open()
    let counts = { [store.statistics().heldICCs, store.statistics().listedAlarms] }
    let alarmed = { (version: Int64, isHeld: Bool?, deletedAt: Timestamp?) in
      Samples.icc(
        1, userARN: "arn:aws:iam::111122223333:role/infosum-import", externalID: externalIDs[1], version: version,
        deletedAt: deletedAt, sharedRole: isHeld.map(Samples.alarm))
    }
    let first = alarmed(1, true, nil)
    try await store.write { try $0.create(first) }
    #expect(counts() == [1, 0])
    let steps: [(Bool?, Timestamp?, [Int])] = [
      (false, nil, [0, 1]), (true, nil, [1, 0]), (true, Samples.now, [0, 0]), (true, nil, [1, 0]), (nil, nil, [0, 0]),
    ]
    for (index, (isHeld, deletedAt, expected)) in steps.enumerated() {
      let next = alarmed(Int64(index + 2), isHeld, deletedAt)
      try await store.write { try $0.change(next) }
      #expect(counts() == expected, "step \(index)")
    }
    store.close()
    #expect(try DatabaseMaintenance.examine(place.folder("r.db"), now: Samples.now).findings.isEmpty)
    try place.connection().run("UPDATE counts SET value = 7 WHERE name = 'alarms.held'")
    let findings = try DatabaseMaintenance.examine(place.folder("r.db"), now: Samples.now).findings
    #expect(findings == ["the count alarms.held is 7, but there are 0"])
  }

  @Test func `the examination finds a wrong count`() async throws {
    let store = try place.open()
    let icc = icc(1)
    try await store.write { try $0.create(icc) }
    store.close()
    try place.connection().run("UPDATE counts SET value = 7 WHERE name = 'iccs.unverified'")
    let findings = try DatabaseMaintenance.examine(place.folder("r.db"), now: Samples.now).findings
    #expect(findings == ["the count iccs.unverified is 7, but there are 1"])
  }

  @Test func `the examination finds wrong counts of quotas`() async throws {
    let store = try place.open()
    let icc = icc(1)
    try await store.write { writer in
      try writer.create(icc)
      let new = NewToken(
        name: "token 1", role: .admin, organisations: [], expiresAt: Samples.now.adding(milliseconds: 1))
      _ = try TokenLifecycle.create(
        new, id: Samples.tokenID(1), mark: .init(of: .random()), maker: nil,
        TokenLifetime(defaultDays: 1, maxDays: 1), .commandLine(now: Samples.now), in: writer)
    }
    store.close()
    let connection = try place.connection()
    try connection.run("UPDATE organisation_counts SET iccs = 7")
    try connection.run("INSERT INTO token_counts VALUES (?, 2)", .text(Samples.tokenID(1).text))
    let findings = try DatabaseMaintenance.examine(place.folder("r.db"), now: Samples.now).findings
    #expect(
      findings == [
        "the count of ICCs of default is 7, but there are 1",
        "the count of idempotency keys of \(Samples.tokenID(1)) is 2, but there are 0",
      ])
  }

  @Test func `the migration counts what each organisation and token has`() throws {
    let runner = MigrationRunner(connection: try place.connection(.create), migrations: Migration.all)
    let own = try #require(Migration.all.first { $0.name == "0010_quotas" })
    for migration in Migration.all where migration.number < own.number { try runner.apply(migration, at: Samples.now) }
    let connection = runner.connection
    try connection.run("INSERT INTO organisations (id, name, created_at, created_by) VALUES ('empty', 'E', 1, 'x')")
    for (number, deletedAt) in [(1, 0), (2, 0), (3, 9)] as [(Int, Int64)] {
      try OldRows.insert(number, deletedAt: deletedAt, in: connection)
    }
    try connection.run(
      """
      INSERT INTO tokens (id, hash, name, role, created_at, created_by)
      VALUES (?, zeroblob(32), 'n', 'admin', 1, 'x')
      """, .text(Samples.tokenID(1).text))
    for key in ["a", "b"] {
      try connection.run(
        """
        INSERT INTO idempotency_keys (token, key, fingerprint, created_at, status, body)
        VALUES (?, ?, zeroblob(32), 1, 201, x'00')
        """, .text(Samples.tokenID(1).text), .text(key))
    }
    try runner.apply(own, at: Samples.now)
    let counts = try connection.rows(
      """
      SELECT organisation || ' ' || iccs FROM organisation_counts
      UNION ALL SELECT token || ' ' || idempotency_keys FROM token_counts
      """
    ) { $0.text(0) }
    #expect(counts == ["default 2", "empty 0", "\(Samples.tokenID(1)) 2"])
  }

  @Test func `the migration counts what is there`() throws {
    let runner = MigrationRunner(connection: try place.connection(.create), migrations: Migration.all)
    let own = try #require(Migration.all.first { $0.name == "0008_counts" })
    for migration in Migration.all where migration.number < own.number { try runner.apply(migration, at: Samples.now) }
    let rows: [(Int, String, Int64)] = [(1, "verified", 0), (2, "verified", 0), (3, "failing", 9)]
    for (number, status, deletedAt) in rows {
      try OldRows.insert(number, status: status, deletedAt: deletedAt, in: runner.connection)
    }
    try runner.apply(own, at: Samples.now)
    let counts = try runner.connection.rows("SELECT name || ' ' || value FROM counts WHERE value > 0") { $0.text(0) }
    #expect(counts == ["iccs.verified 2"])
  }
}
