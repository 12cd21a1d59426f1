import Registry
import SQLiteKit
import StoreConformance
import TestSupport
import Testing

@testable import RegistrySQLite

/// The pages that a list by page number reads: those of the index where there is one.
struct SearchWorkTests {
  private static let count = 3000
  private static let other = OrganisationID(stored: "other")
  private let place = StoreUnderTest()

  /// Half of the ICCs belong to each of two organisations.
  private func reader() async throws -> SQLiteReader {
    let store = try place.open()
    try await store.write { writer in
      try writer.insert(Samples.organisation("other"))
      for number in 0..<Self.count {
        try writer.insert(Samples.icc(number, organisation: number % 2 == 0 ? .default : Self.other))
      }
    }
    store.close()
    return try SQLiteReader(try Connections.reader(place.folder("r.db"))) { _ in }
  }

  private static func pages(
    _ reader: SQLiteReader, _ scope: Scope, _ set: (inout ICCSearch) -> Void
  ) throws -> Int {
    var search = ICCSearch()
    search.limit = 5
    set(&search)
    _ = try reader.iccs(search, in: scope)
    return try reader.connection.work { () throws in
      let page = try reader.iccs(search, in: scope)
      #expect(!page.items.isEmpty)
    }.pages
  }

  @Test func `an identifier, a name and a first page are found by an index`() async throws {
    let reader = try await reader()
    let id = ICCCondition.text(.id, .compares(.equal), Samples.iccID(1000).text)
    let name = ICCCondition.text(.name, .compares(.equal), "ICC 1000")
    let rest = ICCCondition.text(.description, .contains(ignoringCase: true), "")
    for scope in [Scope.organisation(.default), Scope([.default, Self.other])] {
      for condition: ICCCondition in [id, name, .all([rest, id]), .all([.all([rest, name]), rest])] {
        #expect(try Self.pages(reader, scope) { $0.condition = condition } < 40, "\(condition) \(scope)")
      }
    }
    for isDescending in [true, false] {
      for scope in [Scope.organisation(.default), .all] {
        let oldest = try Self.pages(reader, scope) { $0.order = [.init(.createdAt, isDescending: isDescending)] }
        #expect(oldest < 60, "\(scope)")
      }
      let named = try Self.pages(reader, .organisation(.default)) {
        $0.order = [.init(.name, isDescending: isDescending)]
      }
      #expect(named < 60)
    }
    #expect(try Self.pages(reader, .all) { $0.condition = id } < 40)
  }

  @Test func `every other filter reads each ICC in scope, and none of other organisations`() async throws {
    let reader = try await reader()
    let all = try Self.pages(reader, .all) { $0.condition = .text(.description, .compares(.equal), "") }
    let own = try Self.pages(reader, .organisation(.default)) {
      $0.condition = .any([
        .text(.id, .compares(.equal), Samples.iccID(1000).text), .text(.description, .compares(.equal), ""),
      ])
    }
    #expect(own > Self.count / 2 && all > 100, "\(own) \(all)")
  }

  @Test func `a search leaves no statement behind`() async throws {
    let reader = try await reader()
    func statements() throws -> Int {
      var search = ICCSearch()
      search.limit = 1
      search.condition = .text(.name, .contains(ignoringCase: false), "1")
      _ = try reader.iccs(search, in: .all)
      return reader.connection.statementCount
    }
    let first = try statements()
    #expect(try statements() == first)
  }
}
