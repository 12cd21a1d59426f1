import Registry
import SQLiteKit
import TestSupport
import Testing

@testable import RegistrySQLite
import StoreConformance

/// Another organisation's ICC and none: the same answer for the same work.
@Suite struct StrangerTests {
  private static let other = OrganisationID(stored: "other")
  private static let scope = Scope.organisation(other)
  private static let several = Scope([other, OrganisationID(stored: "third")])
  private static let count = 1200

  private let place = StoreUnderTest()

  /// A query by an ICC's identifier; whether it found anything.
  struct Query: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let finds: @Sendable (SQLiteReader, ICCID) throws -> Bool

    init(_ name: String, _ finds: @escaping @Sendable (SQLiteReader, ICCID) throws -> Bool) {
      testDescription = name
      self.finds = finds
    }
  }

  static let queries = [
    Query("ICC") { try $0.icc($1, in: scope) != nil },
    Query("rendered ICC") { try $0.renderedICC($1, in: scope) { _ in [1] } != nil },
    Query("events") {
      try !$0.events(of: $1, PageRequest(), in: scope, for: .tenants).items.isEmpty
    },
    Query("all events") {
      try !$0.events(of: $1, PageRequest(), in: scope, for: .administrators).items.isEmpty
    },
    Query("ICC of several") { try $0.icc($1, in: several) != nil },
    Query("version of several") { try $0.version(of: $1, in: several) != nil },
    Query("events of several") {
      try !$0.events(of: $1, PageRequest(), in: several, for: .tenants).items.isEmpty
    },
    Query("verifications of several") { try !$0.verifications(of: $1, PageRequest(), in: several).items.isEmpty },
    Query("search by identifier") { try search($0, $1, scope) },
    Query("search by identifier of several") { try search($0, $1, several) },
    Query("verifications") { try !$0.verifications(of: $1, PageRequest(), in: scope).items.isEmpty },
  ]

  private static func search(_ reader: SQLiteReader, _ id: ICCID, _ scope: Scope) throws -> Bool {
    var search = ICCSearch()
    search.condition = .all([
      .text(.id, .compares(.equal), id.text), .text(.name, .contains(ignoringCase: true), "ICC"),
    ])
    return try !reader.iccs(search, in: scope).items.isEmpty
  }

  /// ICCs of the default organisation at each fourth number, of the other one two further on, and
  /// none at the odd numbers.
  private func reader() async throws -> SQLiteReader {
    let store = try place.open()
    try await store.write { writer in
      try writer.insert(Samples.organisation("other"))
      for number in stride(from: 0, to: Self.count, by: 2) {
        let organisation = number % 4 == 0 ? OrganisationID.default : Self.other
        let icc = Samples.icc(number, organisation: organisation, externalID: Self.externalID(number))
        try writer.insert(icc)
        try writer.append(Samples.event(organisation: organisation, number))
        try writer.append(Samples.event(.userARNShared, organisation: organisation, number))
        try writer.insert(
          Verification(
            iccVersion: 1, startedAt: Samples.now, durationMilliseconds: 1, retryAfterSeconds: nil, checks: []),
          of: icc, keeping: 5)
      }
    }
    store.close()
    return try SQLiteReader(try Connections.reader(place.folder("r.db")), cache: ReadCache()) { _ in }
  }

  private static func externalID(_ number: Int) -> ExternalID {
    let bytes = (0..<32).map { $0 < 30 ? UInt8(truncatingIfNeeded: number &* 151 &+ $0 &* 7) : 0 }
    return ExternalID(bytes: bytes.dropLast(2) + [UInt8(number >> 8), UInt8(number & 255)]) ?? .random()
  }

  @Test(arguments: queries) func `a foreign ICC costs the same work as none`(_ query: Query) async throws {
    let reader = try await reader()
    #expect(try query.finds(reader, Samples.iccID(2)))
    for number in stride(from: 0, to: Self.count, by: 4) {
      // Its organisation has just read it, and so has an administrator: what is kept for them helps
      // nobody else.
      for scope in [Scope.organisation(.default), .all] {
        #expect(try reader.renderedICC(Samples.iccID(number), in: scope) { _ in [1] } != nil)
      }
      let work = try [number, number + 1].map { number in
        try reader.connection.work { () throws in
          let found = try query.finds(reader, Samples.iccID(number))
          #expect(!found)
        }
      }
      #expect(work[0] == work[1], "\(number)")
    }
  }

  @Test func `a foreign external ID costs the same steps as none`() async throws {
    let reader = try await reader()
    #expect(try reader.issuedExternalID(Self.externalID(2), in: Self.scope)?.icc == Samples.iccID(2))
    for number in stride(from: 4, to: Self.count, by: 4) {
      var bytes = Self.externalID(number).bytes
      bytes[31] ^= 1
      let unknown = try #require(ExternalID(bytes: bytes))
      let steps = try [Self.externalID(number), unknown].map { id in
        try reader.connection.work { () throws in
          let issued = try reader.issuedExternalID(id, in: Self.scope)
          #expect(issued == nil)
        }.steps
      }
      #expect(steps[0] == steps[1], "\(number)")
    }
  }

  @Test func `a foreign organisation costs the same work as none`() async throws {
    let reader = try await reader()
    let work = try [OrganisationID.default, OrganisationID(stored: "nobody")].map { organisation in
      var filter = ICCFilter()
      filter.organisation = organisation
      return try reader.connection.work { () throws in
        let found = try reader.iccs(filter, PageRequest(), in: Self.scope)
        #expect(found.items.isEmpty)
      }
    }
    #expect(work[0] == work[1])
    var ofSeveral = ICCFilter()
    ofSeveral.organisation = .default
    #expect(try reader.iccs(ofSeveral, PageRequest(), in: Self.several).items.isEmpty)
    var own = ICCFilter()
    own.organisation = Self.other
    #expect(try reader.iccs(own, PageRequest(limit: 3), in: Self.scope).items.count == 3)
  }

  /// The feed of some organisations does not read past the events of others.
  @Test func `the change feed of some organisations does not read the events of others`() async throws {
    let reader = try await reader()
    for scope in [Self.scope, Self.several] {
      var work: [StatementWork] = []
      for limit in [1, 2] {
        let page = PageRequest(after: 1_000_000, limit: limit)
        work.append(
          try reader.connection.work { () throws in
            for audience in [EventAudience.tenants, .managers] {
              #expect(try reader.events(page, in: scope, for: audience).items.isEmpty)
            }
          })
      }
      #expect(work.allSatisfy { $0.pages < 20 }, "\(work)")
      let third = Scope([OrganisationID(stored: "third"), OrganisationID(stored: "fourth")])
      let none = try reader.connection.work { () throws in
        #expect(try reader.events(PageRequest(), in: third, for: .tenants).items.isEmpty)
      }
      #expect(none.pages < 10 && none.steps < 200, "\(none)")
    }
  }

  /// A customer may try, as often as they like and unseen, whether a create with some role would go
  /// through.
  @Test func `a dry run does not reveal that another organisation uses the role`() async throws {
    let theirs = "arn:aws:iam::111122223333:role/theirs"
    let store = try place.open()
    try await store.write { try $0.insert(Samples.organisation("other")) }
    for number in 1...20 {
      try await store.write { try $0.insert(Samples.icc(number, userARN: theirs)) }
    }
    store.close()
    let writer = try SQLiteWriter(try Connections.writer(place.folder("r.db"))) { _ in }
    for isDryRun in [true, false] {
      let context = ChangeContext(actor: .commandLine, scope: Self.scope, now: Samples.now, isDryRun: isDryRun)
      let steps = try [theirs, "arn:aws:iam::111122223333:role/nobody"].map { role in
        try writer.connection.work { () throws in
          try writer.connection.beginImmediate()
          let new = NewICC(
            organisation: Self.other, name: ICCName(stored: "tried"), connectorType: .s3CrossAccount,
            userARN: UserARN(stored: role), sessionName: SessionName(stored: "acme-import"),
            bucketName: BucketName(stored: "acme-data"), prefix: Prefix(stored: ""), kmsKeyARN: nil)
          _ = try ICCLifecycle.create(
            new, id: Samples.iccID(900), externalID: Self.externalID(900), context, in: writer)
          writer.connection.rollBack()
        }.steps
      }
      #expect((steps[0] == steps[1]) == isDryRun, "\(steps)")
    }
  }

  /// The tests above can fail: by its identifier alone a row is found, and read to see whose it is.
  @Test func `the work of a search by identifier alone differs`() async throws {
    let connection = try await reader().connection
    let work = try [0, 1].map { number in
      try connection.work {
        try connection.run(
          "SELECT version FROM iccs INDEXED BY sqlite_autoindex_iccs_1 WHERE id = ? AND organisation = 'other'",
          .text(Samples.iccID(number).text))
      }
    }
    #expect(work[0].steps != work[1].steps && work[0].pages != work[1].pages)
  }
}
