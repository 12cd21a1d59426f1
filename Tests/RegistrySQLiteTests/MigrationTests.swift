import Glibc
import OpenSSLKit
import Registry
import SQLiteKit
import StoreConformance
import TestSupport
import Testing

@testable import RegistrySQLite

@Suite struct MigrationTests {
  /// The repository's `Migrations`, from where this file stands.
  private var folder: String {
    #filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 } + "/Migrations"
  }

  @Test func `the embedded migrations are those of the folder`() throws {
    let names = try #require(
      unsafe opendir(folder).map { stream in
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
          names.append(
            unsafe withUnsafeBytes(of: entry.pointee.d_name) {
              unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            })
        }
        return names.filter { !$0.hasPrefix(".") && $0 != "postgresql" }.sorted()
      })
    #expect(names == Migration.all.map { $0.name + ".sql" })
    for (index, migration) in Migration.all.enumerated() {
      #expect(migration.number == Int64(index + 1))
      let digits = String(migration.number)
      #expect(migration.name.hasPrefix(String(repeating: "0", count: 4 - digits.count) + digits + "_"))
    }
  }

  @Test func `the embedded statements equal the files`() throws {
    for migration in Migration.all {
      let file = unsafe open("\(folder)/\(migration.name).sql", O_RDONLY)
      defer { close(file) }
      var content = [UInt8](repeating: 0, count: 1 << 20)
      let count = unsafe content.withUnsafeMutableBytes { unsafe read(file, $0.baseAddress, $0.count) }
      try #require(count > 0 && count < content.count)
      #expect(SHA256.digest(of: Array(content[..<count])) == migration.checksum)
    }
  }

  @Test func `the events of an earlier database are numbered within their subject`() throws {
    let place = StoreUnderTest()
    let connection = try place.connection(.create)
    let runner = MigrationRunner(connection: connection, migrations: Migration.all)
    for migration in Migration.all.prefix(5) { try runner.apply(migration, at: Samples.now) }
    for (sequence, (subject, isForAdministrators)) in [("a", 0), ("b", 0), ("a", 1), ("a", 0), ("b", 0)].enumerated() {
      try connection.run(
        """
        INSERT INTO events (seq, at, kind, administrators_only, actor, subject, changes, hash)
        VALUES (?, 0, 'icc.updated', ?, 'x', ?, '{}', zeroblob(32))
        """,
        .integer(Int64(sequence + 1)), .integer(Int64(isForAdministrators)), .text(subject))
    }
    try runner.apply(Migration.all[5], at: Samples.now)
    let numbers = try connection.rows("SELECT number FROM events ORDER BY seq", []) { $0.integerOrNil(0) }
    #expect(numbers == [1, 1, nil, 2, 2])
    #expect(throws: SQLiteError.self) { try connection.run("UPDATE events SET number = 7 WHERE seq = 1") }
  }

  @Test func `an ICC of an earlier database has no filenames, and only arrays can be stored`() throws {
    let place = StoreUnderTest()
    let runner = MigrationRunner(connection: try place.connection(.create), migrations: Migration.all)
    let own = try #require(Migration.all.first { $0.name.hasSuffix("_filenames") })
    for migration in Migration.all where migration.number < own.number { try runner.apply(migration, at: Samples.now) }
    try runner.connection.run(
      """
      INSERT INTO iccs (id, organisation, name, name_folded, connector_type, status, enabled, session_name, bucket_name,
        prefix, external_id, version, created_at, created_by, updated_at, updated_by)
      VALUES (?, 'default', 'n', 'n', 's3-cross-account', 'draft', 1, 'ab', 'abc', '', zeroblob(32), 1, 1, 'x', 1, 'x')
      """, .text(Samples.iccID(1).text))
    for migration in Migration.all where migration.number >= own.number { try runner.apply(migration, at: Samples.now) }
    let store = try place.open()
    #expect(try store.read { try $0.icc(Samples.iccID(1), in: .all)?.filenames } == .all)
    #expect(throws: SQLiteError.self) { try runner.connection.run("UPDATE iccs SET filenames = '{}', version = 2") }
  }

  @Test func `the rules of an earlier database hold after their words have changed`() throws {
    let place = StoreUnderTest()
    let runner = MigrationRunner(connection: try place.connection(.create), migrations: Migration.all)
    let connection = runner.connection
    for migration in Migration.all.prefix(17) { try runner.apply(migration, at: Samples.now) }
    let writer = try SQLiteWriter(connection) { _ in }
    let icc = Samples.icc(1, pending: .random())
    try writer.insert(icc)
    try runner.apply(Migration.all[17], at: Samples.now)
    #expect(try connection.text("PRAGMA integrity_check") == "ok")
    #expect(try writer.icc(icc.id, in: .all) == icc)
    try writer.insert(Samples.icc(2))
    for statement in [
      "UPDATE iccs SET status = 'draft unverified', version = version + 1", "UPDATE iccs SET status = '', version = 2",
      "UPDATE external_ids SET state = 'used'", "UPDATE sqlite_schema SET sql = ''",
    ] as [SQL] {
      #expect(throws: SQLiteError.self, "\(statement.text)") { try connection.run(statement) }
    }
  }

  @Test func `the tokens of an earlier database stay valid, with all their rules`() throws {
    let place = StoreUnderTest()
    let connection = try place.connection(.create)
    let runner = MigrationRunner(connection: connection, migrations: Migration.all)
    for migration in Migration.all.prefix(13) { try runner.apply(migration, at: Samples.now) }
    for (number, role, organisation) in [(1, "admin", nil), (2, "viewer", "default"), (3, "connector", nil)]
      as [(Int, String, String?)]
    {
      try connection.run(
        """
        INSERT INTO tokens (seq, id, hash, name, role, organisation, created_at, created_by, revoked_at, last_four)
        VALUES (?1, ?2, ?3, 'kept', ?4, ?5, 7, 'x', CASE ?1 WHEN 3 THEN 9 END, 'abcd')
        """,
        .integer(Int64(number)), .text(Samples.tokenID(number).text), .blob(Samples.hash(UInt8(number)).bytes),
        .text(role), .text(orNull: organisation))
    }
    try connection.run(
      "INSERT INTO idempotency_keys VALUES (?, 'k', zeroblob(32), 0, 201, NULL, NULL, x'')",
      .text(Samples.tokenID(2).text))
    try runner.apply(Migration.all[13], at: Samples.now)
    let reader = try SQLiteReader(connection) { _ in }
    let kept = try reader.tokens(PageRequest(), in: .all).items
    #expect(kept.map(\.role) == [.admin, .viewer, .connector])
    #expect(kept.map(\.organisations) == [[], [.default], []] && kept.allSatisfy { $0.addressBlocks.isEmpty })
    #expect(kept.map(\.scope) == [.all, .organisation(.default), .all] && kept[2].revokedAt != nil)
    #expect(try reader.token(Samples.hash(2))?.lastFour == "abcd")
    #expect(try reader.idempotencyRecord(token: Samples.tokenID(2), key: "k") != nil)
    for statement in [
      "DELETE FROM tokens", "UPDATE tokens SET revoked_at = NULL WHERE seq = 3",
      "UPDATE tokens SET organisations = ' default other ' WHERE seq = 2",
      "UPDATE tokens SET organisation = 'default' WHERE seq = 1", "UPDATE tokens SET role = 'root' WHERE seq = 1",
      "UPDATE tokens SET organisation = NULL WHERE seq = 2", "UPDATE tokens SET address_blocks = '' WHERE seq = 1",
    ] as [SQL] {
      #expect(throws: SQLiteError.self, "\(statement.text)") { try connection.run(statement) }
    }
  }

  @Test func `a migration that leaves broken references is undone`() throws {
    let place = StoreUnderTest()
    try place.open().close()
    let broken = Migration(
      99, "0099_broken", Array("INSERT INTO verifications VALUES (1, 77, 0, 1, 'verified', '{}');".utf8))
    let runner = MigrationRunner(connection: try place.connection(), migrations: Migration.all + [broken])
    do throws(SQLiteError) {
      try runner.apply(broken, at: Samples.now)
      Issue.record("the migration was applied")
    } catch {
      #expect(error.code == .constraintForeignKey)
    }
    #expect(try runner.applied().count == Migration.all.count)
    #expect(try runner.connection.integer("SELECT count(*) FROM verifications") == 0)
  }
}
