import HTTPWire
import JSON
import Registry
import Testing

@testable import RegistryAPI

/// The change feed of tokens that are limited to organisations.
@Suite struct EventFeedTests {
  private func poll(_ world: World, _ bearer: String, _ cursor: String?) async throws -> (ids: [String], cursor: String)
  {
    let path = "/v1/events?limit=2" + (cursor.map { "&cursor=" + $0 } ?? "")
    let received = await world.send("GET", path, bearer: bearer)
    let items = try #require(received.json["items"]?.arrayValue)
    return (items.compactMap { $0["subject"]?.stringValue }, try #require(received.json["pollCursor"]?.stringValue))
  }

  @Test func `polling with the cursor shows each event once, for every kind of token`() async throws {
    let matrix = try await MatrixWorld()
    for caller in matrix.callers where [.admin, .owner, .auditor, .connector].contains(caller.role) {
      var (seen, cursor): ([String], String?) = ([], nil)
      for round in 0..<3 {
        var ids: [String] = []
        repeat {
          let page = try await poll(matrix.world, caller.text, cursor)
          (ids, cursor) = (page.ids, page.cursor)
          seen += ids
        } while !ids.isEmpty
        let again = try await poll(matrix.world, caller.text, cursor)
        #expect(again.ids.isEmpty && again.cursor == cursor, "\(caller)")
        for name in MatrixWorld.organisations {
          let id = try await matrix.world.create(named: "\(caller) \(round)", in: name)
          if round == 1, caller.sees(name) { #expect(!seen.contains(id)) }
        }
      }
      let all = await matrix.world.send("GET", "/v1/events?limit=200", bearer: caller.text)
      #expect(all.json["items"]?.arrayValue?.compactMap { $0["subject"]?.stringValue }.starts(with: seen) == true)
    }
  }

  @Test func `a limited token cannot learn of others by a number`() async throws {
    let matrix = try await MatrixWorld()
    for caller in matrix.callers where Self.reads(caller) {
      let received = await matrix.world.send("GET", "/v1/events?after=0", bearer: caller.text)
      #expect(received.status == (caller.isLimited ? 422 : 200), "\(caller)")
      #expect(received.text.contains("query.needs-all-organisations") == caller.isLimited)
    }
  }

  /// The feed of a token of two organisations, byte by byte, with and without events of a third.
  @Test func `the feed of some organisations does not depend on others`() async throws {
    var feeds: [String] = []
    for neighbours in [0, 5] {
      let matrix = try await MatrixWorld()
      let caller = try #require(matrix.callers.first { $0.role == .auditor && $0.organisations.count == 2 })
      for number in 0..<neighbours { _ = try await matrix.world.create(named: "Other \(number)", in: "initech") }
      _ = try await matrix.world.create(named: "Last", in: "acme")
      let received = await matrix.world.send("GET", "/v1/events?limit=200", bearer: caller.text)
      let items = received.json["items"]?.arrayValue ?? []
      #expect(Set(items.compactMap { $0["organisation"]?.stringValue }) == ["acme", "globex"])
      let random = /req-[0-9a-f]{32}|[a-z]+_[0-9a-z]{26}|[0-9a-f]{64}|[0-9a-f]{32}|"lastFour":\{[^}]*\}/
      feeds.append(items.map { $0.text().replacing(random, with: "-") }.joined(separator: "\n"))
    }
    #expect(feeds[0] == feeds[1])
  }

  @Test func `owners and auditors see the life of their organisation's tokens, connectors only its ICCs`() async throws
  {
    let matrix = try await MatrixWorld()
    let token = await matrix.make(.viewer, ["acme"])
    _ = await matrix.make(.connector, ["acme", "globex"])
    #expect(await matrix.world.send("DELETE", "/v1/tokens/\(token.id)", as: .admin).status == 204)
    // An alarm of the organisation, which tells about another one.
    let theirs = World.icc.replacing(#""Acme","#, with: #""Shared","organisation":"acme","#).replacing(
      "role/infosum-import", with: "role/globex")
    #expect(await matrix.world.send("POST", "/v1/iccs", as: .admin, json: theirs).status == 201)
    for caller in matrix.callers where caller.organisations == ["acme"] && Self.reads(caller) {
      let received = await matrix.world.send("GET", "/v1/events?limit=200", bearer: caller.text)
      let items = received.json["items"]?.arrayValue ?? []
      let kinds = Set(items.compactMap { $0["type"]?.stringValue })
      #expect(items.allSatisfy { $0["organisation"]?.stringValue == "acme" && $0["seq"]?.numberValue != nil })
      let ofICCs: Set = ["icc.created", "hand-over.created"]
      let managers = ofICCs.union(["organisation.created", "token.created", "token.revoked"])
      #expect(kinds == (caller.role == .connector ? ofICCs : managers), "\(caller)")
      let life = items.filter { $0["subject"]?.stringValue == token.id }.map { $0["seq"]?.numberValue?.int }
      #expect(life == (caller.role == .connector ? [] : [1, 2]), "\(caller)")
    }
  }

  private static func reads(_ caller: MatrixWorld.Caller) -> Bool {
    [.admin, .owner, .auditor, .connector].contains(caller.role)
  }
}
