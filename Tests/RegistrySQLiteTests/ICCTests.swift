import Registry
import RegistrySQLite
import SQLiteKit
import Testing

@Suite struct ICCTests {
  private let place = StoreUnderTest()

  @Test func anICCComesBackAsItWasAlsoAfterARestart() async throws {
    let icc = Samples.icc(1, name: "Zürich\u{0}🦆", userARN: "arn:aws:iam::111122223333:role/a", pending: .random())
    let store = try place.open()
    try await store.write { try $0.insert(icc) }
    #expect(try store.read { try $0.icc(icc.id, in: .all) } == icc)
    store.close()
    let again = try place.open()
    #expect(try again.read { try $0.icc(icc.id, in: .organisation(.default)) } == icc)
    #expect(try again.greatestIdentifier() == icc.id.bits)
  }

  @Test func anotherOrganisationsICCIsNotThere() async throws {
    let store = try place.open()
    let other = OrganisationID(stored: "other")
    let icc = Samples.icc(1, userARN: "arn:aws:iam::111122223333:role/a")
    try await store.write { try $0.insert(Samples.organisation("other")) }
    try await store.write { try $0.insert(icc) }
    try store.read { (reader: any RegistryReader) throws -> Void in
      let scope = Scope.organisation(other)
      #expect(try reader.icc(icc.id, in: scope) == nil)
      #expect(try reader.icc(Samples.iccID(2), in: .all) == nil)
      #expect(try reader.liveICC(named: icc.name, in: other) == nil)
      #expect(try reader.iccs(ICCFilter(), PageRequest(), in: scope).items.isEmpty)
      #expect(try reader.issuedExternalID(icc.externalID, in: scope) == nil)
      #expect(try reader.isUserARN(UserARN(stored: "arn:aws:iam::111122223333:role/a"), usedOutside: other))
      #expect(try !reader.isUserARN(UserARN(stored: "arn:aws:iam::111122223333:role/a"), usedOutside: .default))
    }
  }

  @Test(arguments: [
    ("Acme", "ACME"), ("straße", "STRASSE"), ("Éclair", "e\u{301}clair"), ("ΟΔΟΣ", "οδος"),
    ("ﬀ", "FF"),
  ])
  func namesMeetWhateverTheirCase(_ first: String, _ second: String) async throws {
    let store = try place.open()
    try await store.write { try $0.insert(Samples.icc(1, name: first)) }
    let found = try store.read { try $0.liveICC(named: ICCName(stored: second), in: .default) }
    #expect(found?.id == Samples.iccID(1))
    await #expect(throws: StoreError.constraint) {
      try await store.write { try $0.insert(Samples.icc(2, name: second)) }
    }
  }

  @Test func aDeletedICCLeavesItsNameFree() async throws {
    let store = try place.open()
    let icc = Samples.icc(1, name: "Acme")
    try await store.write { try $0.insert(icc) }
    let deleted = Samples.icc(1, name: "Acme", externalID: icc.externalID, version: 2, deletedAt: Samples.now)
    try await store.write { try $0.update(deleted) }
    try await store.write { try $0.insert(Samples.icc(2, name: "acme")) }
    #expect(try store.read { try $0.icc(icc.id, in: .all) } == deleted)
    let back = Samples.icc(1, name: "Acme", externalID: icc.externalID, version: 3)
    await #expect(throws: StoreError.constraint) { try await store.write { try $0.update(back) } }
  }

  @Test func aChangeThatIsNotTheNextVersionIsRefused() async throws {
    let store = try place.open()
    let icc = Samples.icc(1)
    try await store.write { try $0.insert(icc) }
    for version in [1, 3] as [Int64] {
      await #expect(throws: StoreError.constraint) {
        try await store.write { try $0.update(Samples.icc(1, externalID: icc.externalID, version: version)) }
      }
    }
    await #expect(throws: StoreError.constraint) { try await store.write { try $0.update(Samples.icc(9, version: 2)) } }
    #expect(try store.read { try $0.icc(icc.id, in: .all) } == icc)
  }

  @Test func filtersLetThroughWhatTheySay() async throws {
    let store = try place.open()
    let role = "arn:aws:iam::111122223333:role/a"
    try await store.write { writer in
      try writer.insert(Samples.organisation("other"))
      try writer.insert(Samples.icc(1, name: "100% Straße", bucket: "bucket-1"))
      try writer.insert(Samples.icc(2, name: "beta", userARN: role))
      try writer.insert(Samples.icc(3, organisation: OrganisationID(stored: "other"), name: "gamma", userARN: role))
      try writer.insert(Samples.icc(4, name: "delta", deletedAt: Samples.now))
    }
    let rows: [(Scope, (inout ICCFilter) -> Void, [Int])] = [
      (.all, { _ in }, [1, 2, 3]), (.organisation(.default), { _ in }, [1, 2]),
      (.all, { $0.isDeleted = true }, [4]), (.all, { $0.name = "STRASSE" }, [1]), (.all, { $0.name = "0%" }, [1]),
      (.all, { $0.name = "%" }, [1]), (.all, { $0.name = "ta" }, [2]), (.all, { $0.bucketName = "bucket-1" }, [1]),
      (.all, { $0.userARN = role }, [2, 3]), (.organisation(.default), { $0.userARN = role }, [2]),
      (.all, { $0.status = .draft }, [1]), (.all, { $0.organisation = OrganisationID(stored: "other") }, [3]),
      (.organisation(.default), { $0.organisation = OrganisationID(stored: "other") }, []),
      (
        .all,
        {
          $0.status = .unverified; $0.name = "A"; $0.userARN = role; $0.organisation = .default
        }, [2]
      ),
    ]
    for (index, (scope, set, expected)) in rows.enumerated() {
      var filter = ICCFilter()
      set(&filter)
      let found = try store.read { [filter] in try $0.iccs(filter, PageRequest(), in: scope).items.map(\.id) }
      #expect(found == expected.map(Samples.iccID), "row \(index)")
    }
  }

  @Test func newestFirstIsTheSameListTurnedRound() async throws {
    let store = try place.open()
    try await store.write { writer in for number in 1...7 { try writer.insert(Samples.icc(number)) } }
    var seen: [ICCID] = []
    var after: Int64? = 0
    while let start = after {
      let request = PageRequest(after: start, limit: 3, isNewestFirst: true)
      let page = try store.read { try $0.iccs(ICCFilter(), request, in: .organisation(.default)) }
      seen += page.items.map(\.id)
      after = page.next
      let added = 100 + seen.count
      try await store.write { try $0.insert(Samples.icc(added)) }
    }
    #expect(seen == (1...7).reversed().map(Samples.iccID))
  }

  @Test func pagesNeitherSkipNorRepeatWhateverHappensBetweenThem() async throws {
    let store = try place.open()
    let first = (1...10).map { Samples.icc($0) }
    try await store.write { writer in for icc in first { try writer.insert(icc) } }
    var seen: [ICCID] = []
    var after: Int64? = 0
    var number = 0
    while let start = after {
      let page = try store.read { try $0.iccs(ICCFilter(), PageRequest(after: start, limit: 3), in: .all) }
      #expect(page.items.count <= 3)
      seen += page.items.map(\.id)
      after = page.next
      number += 1
      let old = first[number - 1]
      let renamed = Samples.icc(number, name: "zz \(number)", externalID: old.externalID, version: 2)
      let added = Samples.icc(100 + number, createdAt: Samples.now.adding(milliseconds: -86_400_000 * 3))
      let addsOne = number <= 2
      try await store.write { writer in
        try writer.update(renamed)
        if addsOne { try writer.insert(added) }
      }
    }
    #expect(seen == (1...10).map(Samples.iccID) + [101, 102].map(Samples.iccID))
  }

  @Test(
    arguments: [(0, 3, [], nil), (1, 3, [1], nil), (3, 3, [1, 2, 3], nil), (4, 3, [1, 2, 3], 3)]
      as [(Int, Int, [Int], Int64?)])
  func aFullLastPageIsTheLast(_ count: Int, _ limit: Int, _ items: [Int], _ next: Int64?) async throws {
    let store = try place.open()
    try await store.write { writer in
      for number in 0..<count { try writer.insert(Samples.icc(number + 1)) }
    }
    let page = try store.read { try $0.iccs(ICCFilter(), PageRequest(limit: limit), in: .all) }
    #expect(page.items.map(\.id) == items.map(Samples.iccID) && page.next == next)
  }
}
