import Registry
import SQLiteKit
import StoreConformance
import TestSupport
import Testing

@testable import RegistrySQLite

/// A create does not cost more with each ICC that is stored.
struct CreateWorkTests {
  private let place = StoreUnderTest()

  private static func new(_ number: Int) -> NewICC {
    NewICC(
      organisation: .default, name: ICCName(stored: "ICC \(number)"), connectorType: .s3CrossAccount,
      userARN: UserARN(stored: "arn:aws:iam::111122223333:role/r\(number)"),
      sessionName: SessionName(stored: "acme-import"), bucketName: BucketName(stored: "acme-data"),
      prefix: Prefix(stored: ""), kmsKeyARN: nil)
  }

  private static func create(_ number: Int, in writer: SQLiteWriter) throws -> ICC {
    try ICCLifecycle.create(
      new(number), id: Samples.iccID(number), externalID: .random(), .commandLine(now: Samples.now), in: writer)
  }

  /// The statements of a create over HTTP: the rules, the row, its events, and the other ICCs on
  /// the role for the warning.
  private static func work(of number: Int, in writer: SQLiteWriter) throws -> StatementWork {
    try writer.connection.work { () throws in
      let icc = try create(number, in: writer)
      #expect(try writer.iccs(sharingRoleOf: icc, atMost: 6).isEmpty)
      #expect(try writer.usages(of: icc.id, at: Samples.now, in: .all).isEmpty)
    }
  }

  @Test(arguments: ["iccs", "external_ids"]) func `an insert builds no temporary table`(table: String) throws {
    try place.open().close()
    let connection = try Connections.writer(place.folder("r.db"))
    let insert: SQL =
      table == "iccs" ? "EXPLAIN INSERT INTO iccs (id) VALUES (1)" : "EXPLAIN INSERT INTO external_ids (icc) VALUES (1)"
    let steps = try connection.rows(insert) { $0.text(1) }
    #expect(steps.count > 20 && !steps.contains { $0.hasPrefix("OpenEphemeral") }, "\(steps)")
  }

  @Test func `a create takes as many steps after 3,000 ICCs as after 100`() throws {
    try place.open().close()
    let writer = try SQLiteWriter(try Connections.writer(place.folder("r.db"))) { _ in }
    try writer.connection.beginImmediate()
    defer { writer.connection.rollBack() }
    for number in 0..<100 { _ = try Self.create(number, in: writer) }
    let few = try Self.work(of: 100, in: writer)
    for number in 101..<3000 { _ = try Self.create(number, in: writer) }
    let many = try Self.work(of: 3000, in: writer)
    #expect(many.steps <= few.steps + 20, "\(few) \(many)")
    #expect(many.pages <= few.pages + 40, "\(few) \(many)")
  }
}
