import Registry
import SQLiteKit
import StoreConformance
import TestSupport
import Testing

@testable import RegistrySQLite

/// Roles that organisations shared before there were alarms.
@Suite struct AlarmMigrationTests {
  private let place = StoreUnderTest()

  @Test func `a role that is shared already keeps working, and its alarm is listed`() throws {
    let runner = MigrationRunner(connection: try place.connection(.create), migrations: Migration.all)
    let own = try #require(Migration.all.first { $0.name == "0009_held_iccs" })
    for migration in Migration.all where migration.number < own.number { try runner.apply(migration, at: Samples.now) }
    for organisation in ["a", "z"] {
      try runner.connection.run(
        "INSERT INTO organisations (id, name, created_at, created_by) VALUES (?1, ?1, 1, 'x')", .text(organisation))
    }
    let rows: [(organisation: String, role: String, deletedAt: Int64)] = [
      ("z", "gone", 9), ("default", "shared", 0), ("default", "shared", 0), ("a", "shared", 0),
      ("z", "shared", 0), ("z", "gone", 0), ("a", "own", 0), ("a", "shared", 9),
    ]
    for (index, row) in rows.enumerated() {
      try OldRows.insert(
        index + 1, of: row.organisation, role: row.role, deletedAt: row.deletedAt, in: runner.connection)
    }
    try runner.connection.run(
      """
      INSERT INTO events (seq, at, kind, administrators_only, actor, subject, changes, hash)
      VALUES (1, 7, 'user-arn.shared', 1, 'x', ?, '{}', zeroblob(32))
      """, .text(Samples.iccID(4).text))
    try runner.apply(own, at: Samples.now)
    let alarms = try runner.connection.rows(
      "SELECT seq || ' ' || alarm_at || ' ' || held || ' ' || version FROM iccs WHERE alarm_at IS NOT NULL ORDER BY seq"
    ) { $0.text(0) }
    #expect(alarms == ["4 7 0 1", "5 1 0 1"])
    #expect(try runner.connection.integer("SELECT value FROM counts WHERE name = 'alarms.listed'") == 2)
    #expect(throws: SQLiteError.self) { try runner.connection.run("UPDATE iccs SET alarm_at = NULL") }
  }
}
