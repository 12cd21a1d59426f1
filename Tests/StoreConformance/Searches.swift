import Registry
import Testing

/// The lists by page number.
enum SearchConformance {
  static let requirements: [StoreRequirement] = [
    StoreRequirement("a search selects what its condition matches", selects),
    StoreRequirement("a condition of an indexed field is combined with the others", combines),
    StoreRequirement("a search is sorted by its keys, then newest first", sorts),
    StoreRequirement("numbered pages have the number of all items", pages),
    StoreRequirement("a search sees the live ICCs in scope alone", keepsToScope),
    StoreRequirement("a search that takes too long is given up", givesUp),
  ]

  private static let other = OrganisationID(stored: "other")

  /// Live ICCs with texts that are easily confused, each created a second after the one before.
  private static let samples: [ICC] = [
    ("Acme", "100% Straße"), ("ACME weekly", "it's a_b"), ("acme\u{301}", ""), ("Émile", "STRASSE"), ("emile", "a\\b"),
    ("Zoë 🦆", "line\nbreak"), ("zoe", "'; DROP TABLE iccs; --"), ("%", "?"), ("ﬀ", "FF"), ("ΟΔΟΣ", "οδος"),
  ].enumerated().map { index, texts in
    Samples.icc(
      index + 1, name: texts.0, createdAt: Samples.now.adding(milliseconds: Int64(index) * 1000), description: texts.1)
  }

  private static func search(
    _ store: any RegistryStore, _ scope: Scope = .all, _ set: (inout ICCSearch) -> Void
  ) throws -> (ids: [ICCID], total: Int) {
    var search = ICCSearch()
    set(&search)
    let found = try store.read { [search] in try $0.iccs(search, in: scope) }
    return (found.items.map(\.id), found.total)
  }

  private static func fill(_ store: any RegistryStore) async throws {
    try await store.write { writer in for icc in samples { try writer.insert(icc) } }
  }

  @Sendable static func selects(_ store: any RegistryStore) async throws {
    try await fill(store)
    let comparisons = Comparison.allCases.map(TextTest.compares)
    let values =
      samples.flatMap { [$0.id.text, $0.name.text, $0.description.text] }
      + ["", "a", "S", "ß", "é", "e\u{301}", "S3_CROSS_ACCOUNT", "cross", "s3-cross-account", "icc_"]
    var matching = 0
    for test in comparisons + [.contains(ignoringCase: false), .contains(ignoringCase: true)] {
      for field in ICCTextField.allCases {
        for value in values {
          let condition = ICCCondition.text(field, test, value)
          matching += try check(condition, store)
          _ = try check(.not(condition), store)
        }
      }
    }
    for field in ICCTimeField.allCases {
      for comparison in Comparison.allCases {
        for shift in [-1, 0, 1, 3000, 9001] {
          matching += try check(.time(field, comparison, Samples.now.adding(milliseconds: Int64(shift))), store)
        }
      }
    }
    #expect(matching > 2000)
  }

  /// Compares a search with the condition's own evaluation, and returns the number of ICCs found.
  private static func check(_ condition: ICCCondition, _ store: any RegistryStore) throws -> Int {
    let expected = samples.filter(condition.matches).map(\.id)
    for scope in [Scope.all, .organisation(.default), Scope([.default, other])] {
      let found = try search(store, scope) { $0.condition = condition }
      #expect(found.ids == expected.reversed() && found.total == expected.count, "\(condition) \(scope)")
    }
    return expected.count
  }

  @Sendable static func combines(_ store: any RegistryStore) async throws {
    try await fill(store)
    let first = ICCCondition.text(.id, .compares(.equal), samples[0].id.text)
    let named = ICCCondition.text(.name, .compares(.equal), "Acme")
    let absent = ICCCondition.text(.name, .compares(.equal), "acme")
    let late = ICCCondition.time(.createdAt, .greater, Samples.now)
    for condition: ICCCondition in [
      first, named, absent, .all([first, named]), .all([late, first]), .all([named, .not(first)]),
      .any([first, late]), .all([.any([first, late]), .any([absent, named])]), .not(.all([first, named])),
      .all([.all([.not(late), first])]), .any([.all([first, late]), .all([named, .not(late)])]),
    ] {
      _ = try check(condition, store)
    }
    #expect(try check(named, store) == 1 && check(absent, store) == 0)
  }

  @Sendable static func sorts(_ store: any RegistryStore) async throws {
    let names = ["b", "A", "c", "a\u{301}", "C2"]
    try await store.write { writer in
      for (index, name) in names.enumerated() {
        try writer.insert(Samples.icc(index + 1, name: name, createdAt: Samples.now.adding(milliseconds: 5)))
      }
    }
    let updated = try store.read { try $0.icc(Samples.iccID(2), in: .all) }
    let next = Samples.icc(
      2, name: "A", externalID: try #require(updated).externalID, version: 2,
      createdAt: Samples.now.adding(milliseconds: 5))
    try await store.write { try $0.update(next) }
    let rows: [([ICCSearch.Order], [Int])] = [
      ([ICCSearch.Order(.createdAt, isDescending: true)], [5, 4, 3, 2, 1]),
      ([ICCSearch.Order(.createdAt, isDescending: false)], [1, 2, 3, 4, 5]),
      ([ICCSearch.Order(.name, isDescending: false)], [2, 1, 3, 5, 4]),
      ([ICCSearch.Order(.name, isDescending: true)], [4, 5, 3, 1, 2]),
      ([ICCSearch.Order(.updatedAt, isDescending: true)], [2, 5, 4, 3, 1]),
      ([ICCSearch.Order(.updatedAt, isDescending: false)], [5, 4, 3, 1, 2]),
      (
        [ICCSearch.Order(.updatedAt, isDescending: false), ICCSearch.Order(.name, isDescending: false)],
        [1, 3, 5, 4, 2]
      ),
      ([ICCSearch.Order(.connectorType, isDescending: false)], [5, 4, 3, 2, 1]),
      (
        [ICCSearch.Order(.connectorType, isDescending: true), ICCSearch.Order(.createdAt, isDescending: false)],
        [1, 2, 3, 4, 5]
      ),
    ]
    for (order, expected) in rows {
      for scope in [Scope.all, .organisation(.default)] {
        let found = try search(store, scope) { $0.order = order }
        #expect(found.ids == expected.map(Samples.iccID), "\(order) \(scope)")
      }
    }
  }

  @Sendable static func pages(_ store: any RegistryStore) async throws {
    try await fill(store)
    let all: [ICCID] = samples.map(\.id).reversed()
    let late = ICCCondition.time(.createdAt, .greaterOrEqual, Samples.now.adding(milliseconds: 2000))
    for (condition, expected) in [(nil, all), (late, Array(all.prefix(8)))] as [(ICCCondition?, [ICCID])] {
      for limit in [1, 3, 8, 10, 11] {
        for offset in [0, 1, 7, 8, 10, 12] {
          let found = try search(store) {
            $0.condition = condition
            $0.limit = limit
            $0.offset = offset
          }
          #expect(found.ids == Array(expected.dropFirst(offset).prefix(limit)), "\(limit) \(offset)")
          #expect(found.total == expected.count, "\(limit) \(offset)")
        }
      }
    }
  }

  @Sendable static func keepsToScope(_ store: any RegistryStore) async throws {
    try await store.write { writer in
      try writer.insert(Samples.organisation("other"))
      try writer.insert(Samples.icc(1, name: "shared"))
      try writer.insert(Samples.icc(2, organisation: other, name: "shared"))
      try writer.insert(Samples.icc(3, name: "gone", deletedAt: Samples.now))
    }
    let scopes: [(Scope, [Int])] = [
      (.all, [2, 1]), (.organisation(.default), [1]), (.organisation(other), [2]), (Scope([.default, other]), [2, 1]),
      (.organisations([]), []), (.organisation(OrganisationID(stored: "none")), []),
    ]
    let conditions: [ICCCondition?] = [
      nil, .text(.name, .compares(.equal), "shared"), .text(.name, .contains(ignoringCase: true), "SHARED"),
      .any([.text(.name, .compares(.equal), "shared"), .text(.name, .compares(.equal), "gone")]),
    ]
    for (scope, expected) in scopes {
      for condition in conditions {
        let found = try search(store, scope) { $0.condition = condition }
        #expect(found.ids == expected.map(Samples.iccID) && found.total == expected.count, "\(scope)")
      }
      let foreign = try search(store, scope) { $0.condition = .text(.id, .compares(.equal), Samples.iccID(1).text) }
      #expect(foreign.ids == expected.filter { $0 == 1 }.map(Samples.iccID))
    }
  }

  @Sendable static func givesUp(_ store: any RegistryStore) async throws {
    try await store.write { writer in for number in 1...300 { try writer.insert(Samples.icc(number)) } }
    var search = ICCSearch()
    search.condition = .text(.description, .contains(ignoringCase: true), "x")
    search.timeLimit = 0
    #expect(try pageOrNil(store, search) == nil)
    search.timeLimit = 60_000
    #expect(try pageOrNil(store, search)?.isEmpty == true)
    var filter = ICCFilter()
    filter.words = ["nowhere"]
    filter.timeLimit = 0
    #expect(try pageOrNil(store, filter) == nil)
    filter.timeLimit = 60_000
    #expect(try pageOrNil(store, filter)?.isEmpty == true)
    #expect(try store.read { try $0.iccs(ICCFilter(), PageRequest(), in: .all) }.items.count == 50)
  }

  /// The page of a search; nil if the store has given up.
  private static func pageOrNil(_ store: any RegistryStore, _ search: ICCSearch) throws -> [ICC]? {
    do {
      return try store.read { try $0.iccs(search, in: .all).items }
    } catch StoreError.tooBroad {
      return nil
    }
  }

  private static func pageOrNil(_ store: any RegistryStore, _ filter: ICCFilter) throws -> [ICC]? {
    do {
      return try store.read { try $0.iccs(filter, PageRequest(), in: .all).items }
    } catch StoreError.tooBroad {
      return nil
    }
  }
}
