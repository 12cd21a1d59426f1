import Registry
import Testing

/// The roles that ICCs of several organisations name.
extension ICCConformance {
  private static let role = "arn:aws:iam::111122223333:role/a"

  @Sendable static func tellsTheUseOfARole(_ store: any RegistryStore) async throws {
    // `default` is between the two others in the order of identifiers.
    let ids = ["a", "default", "z"].map(OrganisationID.init(stored:))
    let use = { (index: Int) in try store.read { try $0.use(of: UserARN(stored: role), for: ids[index]) } }
    try await store.write { writer in
      for id in ["a", "z"] { try writer.insert(Samples.organisation(id)) }
      try writer.insert(Samples.icc(1, organisation: ids[0], userARN: role + "b"))
      try writer.insert(Samples.icc(2, organisation: ids[0], userARN: role, deletedAt: Samples.now))
    }
    for index in 0...2 { #expect(try use(index) == RoleUse()) }
    let held = Samples.icc(3, organisation: ids[1], userARN: role, sharedRole: Samples.alarm(isHeld: true))
    try await store.write { try $0.insert(held) }
    #expect(try use(1) == RoleUse())
    for index in [0, 2] {
      #expect(
        try use(index) == RoleUse(isElsewhere: true, isEstablishedElsewhere: false, isEstablishedHere: false))
    }
    let listed = Samples.icc(
      3, organisation: ids[1], userARN: role, externalID: held.externalID, version: 2,
      sharedRole: Samples.alarm(isHeld: false))
    try await store.write { try $0.update(listed) }
    #expect(try use(1) == RoleUse())
    for index in [0, 2] {
      #expect(try use(index) == RoleUse(isElsewhere: true, isEstablishedElsewhere: true, isEstablishedHere: false))
    }
    try await store.write { try $0.insert(Samples.icc(4, organisation: ids[2], userARN: role)) }
    for index in [1, 2] {
      #expect(try use(index) == RoleUse(isElsewhere: true, isEstablishedElsewhere: true, isEstablishedHere: true))
    }
  }

  @Sendable static func findsICCsSharingARole(_ store: any RegistryStore) async throws {
    let other = OrganisationID(stored: "other")
    let iccs = (1...5).map { Samples.icc($0, userARN: role) }
    let unlike = [
      Samples.icc(6, userARN: role + "b"), Samples.icc(7), Samples.icc(8, userARN: role, deletedAt: Samples.now),
      Samples.icc(9, organisation: other, userARN: role),
    ]
    try await store.write { writer in
      try writer.insert(Samples.organisation("other"))
      for icc in (iccs + unlike).reversed() { try writer.insert(icc) }
    }
    let found = { (icc: ICC, limit: Int) in
      try store.read { try $0.iccs(sharingRoleOf: icc, atMost: limit).map(\.id) }
    }
    let others = [5, 3, 2, 1].map(Samples.iccID)
    #expect(try found(iccs[3], 6) == others)
    #expect(try found(iccs[3], 4) == others)
    #expect(try found(iccs[3], 2) == Array(others.prefix(2)))
    for icc in [unlike[0], unlike[1], unlike[3]] { #expect(try found(icc, 6).isEmpty) }
  }

  @Sendable static func filtersAlarms(_ store: any RegistryStore) async throws {
    let alarms: [SharedRoleAlarm?] = [nil, Samples.alarm(isHeld: true), Samples.alarm(isHeld: false)]
    let iccs = alarms.enumerated().map { Samples.icc($0 + 1, userARN: role, status: .verified, sharedRole: $1) }
    try await store.write { writer in for icc in iccs { try writer.insert(icc) } }
    for icc in iccs { #expect(try store.read { try $0.icc(icc.id, in: .all) } == icc) }
    let rows: [((inout ICCFilter) -> Void, [Int])] = [
      ({ $0.hasAlarm = true }, [2, 3]),
      ({ $0.otherThan = .default }, []), ({ $0.otherThan = OrganisationID(stored: "other") }, [1, 2, 3]),
      ({ $0.usability = .init(isUsable: true, requiresVerified: true, seesHold: true) }, [1, 3]),
      ({ $0.usability = .init(isUsable: false, requiresVerified: true, seesHold: true) }, [2]),
      ({ $0.usability = .init(isUsable: true, requiresVerified: true, seesHold: false) }, [1, 2, 3]),
    ]
    for (index, (set, expected)) in rows.enumerated() {
      var filter = ICCFilter()
      set(&filter)
      let found = try store.read { [filter] in try $0.iccs(filter, PageRequest(), in: .all).items.map(\.id) }
      #expect(found == expected.map(Samples.iccID), "row \(index)")
    }
    let released = Samples.icc(2, userARN: role, externalID: iccs[1].externalID, version: 2, status: .verified)
    try await store.write { try $0.update(released) }
    #expect(try store.read { try $0.icc(released.id, in: .all) } == released)
  }
}
