import Registry
import Testing

/// The ICCs of a store.
enum ICCConformance {
  static let requirements: [StoreRequirement] = [
    StoreRequirement("an ICC is returned as it was stored", returnsWhatWasStored),
    StoreRequirement("an ICC of another organisation is not found", hidesOtherOrganisations),
    StoreRequirement("names are compared ignoring case and composition", comparesNamesIgnoringCase),
    StoreRequirement("the name of a deleted ICC can be used again", freesNameOfDeleted),
    StoreRequirement("a change that is not the next version is refused", refusesWrongVersion),
    StoreRequirement("a hand-over is stored, counted and revoked", storesHandOvers),
    StoreRequirement("hand-overs that can be used are listed first", listsOpenHandOvers),
    StoreRequirement("a usage is stored, replaced, deleted and expires", storesUsages),
    StoreRequirement("each filter selects its ICCs", filters),
    StoreRequirement("the use of a role is told apart by organisation and hold", tellsTheUseOfARole),
    StoreRequirement("the other ICCs of an organisation on a role are found", findsICCsSharingARole),
    StoreRequirement("alarms and holds are stored, and select ICCs", filtersAlarms),
    StoreRequirement("newest first is the reverse of the list", listsNewestFirst),
    StoreRequirement("each order has each ICC once, in pages, for each scope", listsInEachOrder),
    StoreRequirement("pages neither skip nor repeat while ICCs change", pagesConsistently),
    StoreRequirement("a full last page is the last", endsWithAFullPage),
  ]

  @Sendable static func hidesOtherOrganisations(_ store: any RegistryStore) async throws {
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
    }
  }

  @Sendable static func storesHandOvers(_ store: any RegistryStore) async throws {
    let icc = Samples.icc(1)
    try await store.write { try $0.insert(icc) }
    let hash = TokenText.random(.link).hash
    let handOver = HandOver(
      id: IdentifierSource().next(at: Samples.now), icc: icc.id, organisation: icc.organisation,
      permissions: [.check, .setUserARN], createdAt: Samples.now, createdBy: .commandLine,
      expiresAt: Samples.now.adding(milliseconds: 1000), maxUses: 2)
    try await store.write { try $0.insert(handOver, hash: hash) }
    #expect(try store.read { try $0.handOver(hash) } == handOver)
    #expect(try store.read { try $0.handOver(TokenText.random(.link).hash) } == nil)
    let elsewhere = Scope.organisation(OrganisationID(stored: "other"))
    #expect(try store.read { try $0.handOvers(of: icc.id, in: .all) } == [handOver])
    #expect(try store.read { try $0.handOvers(of: icc.id, in: elsewhere) }.isEmpty)
    for (number, isCounted) in [(1, true), (2, true), (2, false)] as [(Int64, Bool)] {
      #expect(try await store.write { try $0.countUse(of: handOver.id, at: Samples.now) } == isCounted)
      #expect(try store.read { try $0.handOver(hash)?.uses } == number)
    }
    let later = Samples.now.adding(milliseconds: 1)
    for time in [Samples.now, later] { try await store.write { try $0.revokeHandOver(handOver.id, at: time) } }
    #expect(try store.read { try $0.handOver(hash)?.revokedAt } == Samples.now)
    #expect(try store.read { try $0.handOver(hash)?.state(at: later) } == .revoked)
  }

  @Sendable static func listsOpenHandOvers(_ store: any RegistryStore) async throws {
    let icc = Samples.icc(1)
    let identifiers = IdentifierSource()
    // The first is open, and older than all the others: an expired, a used up and many revoked ones.
    let lives: [Int64] = [9000, 1, 8000] + [Int64](repeating: 9000, count: HandOverLifecycle.listed)
    let handOvers = lives.map { life in
      HandOver(
        id: identifiers.next(at: Samples.now), icc: icc.id, organisation: icc.organisation, permissions: [],
        createdAt: Samples.now, createdBy: .commandLine, expiresAt: Samples.now.adding(milliseconds: life), maxUses: 1)
    }
    try await store.write { writer in
      try writer.insert(icc)
      for handOver in handOvers { try writer.insert(handOver, hash: TokenText.random(.link).hash) }
      _ = try writer.countUse(of: handOvers[2].id, at: Samples.now)
      for handOver in handOvers.dropFirst(3) { try writer.revokeHandOver(handOver.id, at: Samples.now) }
    }
    let found = try store.read { try $0.handOvers(of: icc.id, in: .all) }.map(\.id)
    #expect(found.count == HandOverLifecycle.listed && found.prefix(2) == [handOvers[0].id, handOvers[1].id])
  }

  @Sendable static func storesUsages(_ store: any RegistryStore) async throws {
    let icc = Samples.icc(1)
    func usage(_ key: String, _ text: String, until end: Int64) -> Usage {
      Usage(
        key: UsageKey(stored: key), description: ICCDescription(stored: text),
        expiresAt: Timestamp(milliseconds: end), createdAt: Samples.now, createdBy: .commandLine)
    }
    func usages(at time: Int64, _ scope: Scope = .all) throws -> [Usage] {
      try store.read { try $0.usages(of: icc.id, at: Timestamp(milliseconds: time), in: scope) }
    }
    let (late, early) = (usage("b", "second", until: 30), usage("a", "", until: 20))
    try await store.write { try $0.insert(icc) }
    for stored in [usage("b", "first", until: 10), late, early] {
      try await store.write { try $0.save(stored, of: icc) }
    }
    #expect(try usages(at: 19) == [early, late] && usages(at: 20) == [late] && usages(at: 30).isEmpty)
    #expect(try usages(at: 19, .organisation(OrganisationID(stored: "other"))).isEmpty)
    try await store.write { try $0.deleteUsages(expiredAt: Timestamp(milliseconds: 30), atMost: 1) }
    #expect(try usages(at: 0) == [late])
    for _ in 1...2 { try await store.write { try $0.deleteUsage(late.key, of: icc) } }
    #expect(try usages(at: 0).isEmpty)
  }

  @Sendable static func comparesNamesIgnoringCase(_ store: any RegistryStore) async throws {
    let pairs = [
      ("Acme", "ACME"), ("straße", "STRASSE"), ("Éclair", "e\u{301}clair"), ("ΟΔΟΣ", "οδος"), ("ﬀ", "FF"),
    ]
    for (index, (first, second)) in pairs.enumerated() {
      let number = 2 * index + 1
      try await store.write { try $0.insert(Samples.icc(number, name: first)) }
      let found = try store.read { try $0.liveICC(named: ICCName(stored: second), in: .default) }
      #expect(found?.id == Samples.iccID(number))
      await #expect(throws: StoreError.constraint) {
        try await store.write { try $0.insert(Samples.icc(number + 1, name: second)) }
      }
    }
  }

  @Sendable static func freesNameOfDeleted(_ store: any RegistryStore) async throws {
    let icc = Samples.icc(1, name: "Acme")
    try await store.write { try $0.insert(icc) }
    let deleted = Samples.icc(1, name: "Acme", externalID: icc.externalID, version: 2, deletedAt: Samples.now)
    try await store.write { try $0.update(deleted) }
    try await store.write { try $0.insert(Samples.icc(2, name: "acme")) }
    #expect(try store.read { try $0.icc(icc.id, in: .all) } == deleted)
    let back = Samples.icc(1, name: "Acme", externalID: icc.externalID, version: 3)
    await #expect(throws: StoreError.constraint) { try await store.write { try $0.update(back) } }
  }

  @Sendable static func refusesWrongVersion(_ store: any RegistryStore) async throws {
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

  @Sendable static func filters(_ store: any RegistryStore) async throws {
    let role = "arn:aws:iam::111122223333:role/a"
    let (live, pending) = (ExternalID.random(), ExternalID.random())
    try await store.write { writer in
      try writer.insert(Samples.organisation("other"))
      try writer.insert(
        Samples.icc(
          1, name: "100% Straße", externalID: live, bucket: "bucket-1", description: "The First"))
      try writer.insert(Samples.icc(2, name: "beta", userARN: role))
      try writer.insert(Samples.icc(3, organisation: OrganisationID(stored: "other"), name: "gamma", userARN: role))
      try writer.insert(Samples.icc(4, name: "delta", deletedAt: Samples.now))
      let later = Samples.now.adding(milliseconds: 1000)
      try writer.insert(Samples.icc(5, name: "epsilon", pending: pending, createdAt: later))
    }
    let rows: [(Scope, (inout ICCFilter) -> Void, [Int])] = [
      (.all, { _ in }, [1, 2, 3, 5]), (.organisation(.default), { _ in }, [1, 2, 5]),
      (.all, { $0.isDeleted = true }, [4]), (.all, { $0.name = "STRASSE" }, [1]), (.all, { $0.name = "0%" }, [1]),
      (.all, { $0.name = "%" }, [1]), (.all, { $0.name = "ta" }, [2]), (.all, { $0.bucketName = "bucket-1" }, [1]),
      (.all, { $0.userARN = role }, [2, 3]), (.organisation(.default), { $0.userARN = role }, [2]),
      (.all, { $0.statuses = [.draft] }, [1, 5]), (.all, { $0.organisation = OrganisationID(stored: "other") }, [3]),
      (.organisation(.default), { $0.organisation = OrganisationID(stored: "other") }, []),
      (.all, { $0.statuses = [.draft, .unverified, .failing] }, [1, 2, 3, 5]), (.all, { $0.statuses = [.failing] }, []),
      (.all, { $0.sessionName = "acme-import" }, [1, 2, 3, 5]), (.all, { $0.sessionName = "Acme-import" }, []),
      (.all, { $0.connectorType = .s3CrossAccount }, [1, 2, 3, 5]),
      (.all, { $0.isEnabled = true }, [1, 2, 3, 5]), (.all, { $0.isEnabled = false }, []),
      (.all, { $0.words = ["STRASSE"] }, [1]), (.all, { $0.words = ["BUCKET-1", "100%"] }, [1]),
      (.all, { $0.words = ["straße", "beta"] }, []), (.all, { $0.words = ["111122223333", "gam"] }, [3]),
      (.organisation(.default), { $0.words = ["role/a"] }, [2]), (.all, { $0.words = [Samples.iccID(5).text] }, [5]),
      (.all, { $0.words = [pending.hex.uppercased()] }, [5]), (.all, { $0.words = [live.hex] }, [1]),
      (.all, { $0.words = ["first"] }, [1]), (.all, { $0.words = ["EXPORTS/e\u{301}"] }, [1, 2, 3, 5]),
      (.all, { $0.words = ["%"] }, [1]), (.all, { $0.words = ["\n"] }, []),
      (.all, { $0.isRotationPending = true }, [5]), (.all, { $0.isRotationPending = false }, [1, 2, 3]),
      (.all, { $0.updatedSince = Samples.now.adding(milliseconds: 500) }, [5]),
      (
        .all,
        {
          $0.statuses = [.unverified]; $0.name = "A"; $0.userARN = role; $0.organisation = .default
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

  @Sendable static func listsNewestFirst(_ store: any RegistryStore) async throws {
    try await store.write { writer in for number in 1...7 { try writer.insert(Samples.icc(number)) } }
    var seen: [ICCID] = []
    var after: Int64? = 0
    while let start = after {
      let request = PageRequest(after: start, limit: 3, order: .newest)
      let page = try store.read { try $0.iccs(ICCFilter(), request, in: .organisation(.default)) }
      seen += page.items.map(\.id)
      after = page.next
      let added = 100 + seen.count
      try await store.write { try $0.insert(Samples.icc(added)) }
    }
    #expect(seen == (1...7).reversed().map(Samples.iccID))
  }

  @Sendable static func listsInEachOrder(_ store: any RegistryStore) async throws {
    let names = ["b", "A", "ä", "a b", "é", "Z", "zz", "0", "ab", "ß"]
    let iccs = (0..<30).map { number in
      let organisation = OrganisationID(stored: ["a", "a-b", "b"][number / 10])
      let createdAt = Samples.now.adding(milliseconds: Int64(number * 7 % 5))
      return Samples.icc(
        number + 1, organisation: organisation, name: names[(number * 3) % 10],
        deletedAt: number % 7 == 0 ? Samples.now : nil, createdAt: createdAt)
    }
    try await store.write { writer in
      for name in ["a", "a-b", "b"] { try writer.insert(Samples.organisation(name)) }
      for icc in iccs { try writer.insert(icc) }
    }
    let several = Scope([OrganisationID(stored: "b"), OrganisationID(stored: "a")])
    for scope in [Scope.all, .organisation(OrganisationID(stored: "a-b")), several] {
      for (isDeleted, order) in [false, true].flatMap({ deleted in ICCOrder.allCases.map { (deleted, $0) } }) {
        let expected = sorted(
          iccs.filter { scope.contains($0.organisation) && ($0.deletedAt != nil) == isDeleted }, order)
        let found = try pages(store, order, scope, isDeleted: isDeleted)
        #expect(found == expected.map { $0.id }, "\(scope) \(order) \(isDeleted)")
      }
    }
  }

  private static func pages(
    _ store: any RegistryStore, _ order: ICCOrder, _ scope: Scope, isDeleted: Bool
  ) throws -> [ICCID] {
    var filter = ICCFilter()
    filter.isDeleted = isDeleted
    var found: [ICCID] = []
    var page = try store.read { [filter] in try $0.iccs(filter, PageRequest(limit: 2, order: order), in: scope) }
    while true {
      found += page.items.map(\.id)
      guard let next = page.next else { return found }
      let request = PageRequest(after: next, key: page.nextKey, limit: 2, order: order)
      page = try store.read { [filter] in try $0.iccs(filter, request, in: scope) }
    }
  }

  /// Sorts ICCs that are in the order of their creation.
  private static func sorted(_ iccs: [ICC], _ order: ICCOrder) -> [ICC] {
    let folded = [
      "b": "b", "A": "a", "ä": "ä", "a b": "a b", "é": "é", "Z": "z", "zz": "zz", "0": "0", "ab": "ab", "ß": "ss",
    ]
    switch order {
    case .oldest: return iccs
    case .newest: return iccs.reversed()
    case .name:
      return iccs.sorted { first, second in
        let texts = [first, second].map { $0.organisation.text + " " + (folded[$0.name.text] ?? "") }
        return Array(texts[0].utf8).lexicographicallyPrecedes(Array(texts[1].utf8))
      }
    case .updated: return iccs.reversed().sorted { $0.updatedAt > $1.updatedAt }
    }
  }

  @Sendable static func pagesConsistently(_ store: any RegistryStore) async throws {
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

  @Sendable static func endsWithAFullPage(_ store: any RegistryStore) async throws {
    let rows: [(Int, [Int], Int64?)] = [(0, [], nil), (1, [1], nil), (3, [1, 2, 3], nil), (4, [1, 2, 3], 3)]
    var stored = 0
    for (count, items, next) in rows {
      for number in stored..<count { try await store.write { try $0.insert(Samples.icc(number + 1)) } }
      stored = count
      let page = try store.read { try $0.iccs(ICCFilter(), PageRequest(limit: 3), in: .all) }
      #expect(page.items.map(\.id) == items.map(Samples.iccID) && page.next == next)
    }
  }

  @Sendable static func returnsWhatWasStored(_ store: any RegistryStore) async throws {
    let icc = Samples.icc(1, name: "Zürich\u{1}🦆", userARN: "arn:aws:iam::111122223333:role/a", pending: .random())
    try await store.write { try $0.insert(icc) }
    try store.read { (reader: any RegistryReader) throws -> Void in
      #expect(try reader.icc(icc.id, in: .all) == icc)
      #expect(try reader.version(of: icc.id, in: .organisation(.default)) == icc.version)
      #expect(try reader.renderedICC(icc.id, in: .all) { Array($0.id.text.utf8) }?.bytes == Array(icc.id.text.utf8))
    }
  }
}
