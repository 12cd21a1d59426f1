import Registry
import SQLiteKit
import StoreConformance
import TestSupport
import Testing

@testable import RegistrySQLite

/// The tokens that a request revokes are found without reading the others.
@Suite struct RevocationTests {
  private let place = StoreUnderTest()

  @Test func `the work to find the tokens of a maker does not grow with the others`() async throws {
    let store = try place.open()
    var work: [[StatementWork]] = []
    var next = 1
    for others in [100, 5000] {
      let first = next
      try await store.write { writer in
        for number in first...others {
          let maker = number <= 1 || number > 5 ? Actor.commandLine : Actor(Samples.tokenID(number - 1))
          let organisation: OrganisationID? = number == 5 ? .default : nil
          try writer.insert(
            Samples.token(number, role: number == 5 ? .viewer : .admin, organisation: organisation, createdBy: maker),
            hash: Samples.hash(ofToken: number))
        }
      }
      next = others + 1
      let reader = try SQLiteReader(try Connections.reader(place.folder("r.db"))) { _ in }
      var counts: [Int] = []
      work.append([
        try reader.connection.work { counts.append(try reader.unrevokedTokens(fromMaker: Samples.tokenID(1)).count) },
        try reader.connection.work {
          counts.append(try reader.unrevokedTokens(of: nil, madeBy: Actor(Samples.tokenID(3))).count)
        },
        try reader.connection.work { counts.append(try reader.unrevokedTokens(of: .default, madeBy: nil).count) },
      ])
      #expect(counts == [5, 1, 1])
    }
    for (few, many) in zip(work[0], work[1]) {
      #expect(many.steps == few.steps)
      // A deeper tree is one page more for each lookup.
      #expect(many.pages <= few.pages * 2 && many.pages < 100)
    }
    store.close()
  }
}
