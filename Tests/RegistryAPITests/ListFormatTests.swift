import HTTPWire
import JSON
import Registry
import Testing

@testable import RegistryAPI

/// The list of ICCs as CSV and NDJSON.
@Suite struct ListFormatTests {
  @Test func `the columns of the table are the fields of an item`() async throws {
    let world = try await World()
    _ = try await world.create()
    let item = try #require(await world.send("GET", "/v1/iccs", as: .admin).json["items"]?.arrayValue?.first)
    #expect(item.objectValue?.members.map(\.name) == ICCTable.columns)
  }

  @Test(
    arguments: [
      (nil, "application/json"), ("*/*", "application/json"), ("text/csv", "text/csv; charset=utf-8"),
      ("application/x-ndjson", "application/x-ndjson"), ("text/*", "text/csv; charset=utf-8"),
      ("application/json;q=0.1, text/csv", "text/csv; charset=utf-8"), ("text/csv;q=0", nil), ("text/html", nil),
    ] as [(String?, String?)])
  func `the client chooses the form`(accept: String?, type: String?) async throws {
    let world = try await World()
    let response = await world.send("GET", "/v1/iccs", as: .admin, headers: accept.map { ["Accept": $0] } ?? [:])
    #expect(response.status == (type == nil ? 406 : 200))
    if let type { #expect(response.header("Content-Type") == type && response.header("Vary") == "Accept") }
  }

  @Test(arguments: ICCOrder.allCases) func `the pages of a table keep the order`(order: ICCOrder) async throws {
    let world = try await World()
    for name in ["b", "C", "a"] {
      _ = try await world.create(named: name)
      world.time.advance(milliseconds: 1)
    }
    let path = "/v1/iccs?order=\(order.rawValue)"
    let list = await world.send("GET", path, as: .admin).json["items"]?.arrayValue ?? []
    var (found, next): ([String], String?) = ([], path + "&limit=1")
    while let page = next {
      let lines = await world.send("GET", page, as: .admin, headers: ["Accept": "application/x-ndjson"])
      found.append(try #require(JSONValue(parsing: lines.text)["name"]?.stringValue))
      next = lines.header("Link")?.firstMatch(of: /<([^>]*)>/).map { String($0.1) }
    }
    #expect(found.count == 3 && found == list.compactMap { $0["name"]?.stringValue })
  }

  @Test func `a whole list comes in parts, and ends where the token does`() async throws {
    let world = try await World()
    // All at once, so that they share commits.
    try await withThrowingTaskGroup { group in
      for number in 0...ICCListParts.limit { group.addTask { _ = try await world.create(named: "n\(number)") } }
      try await group.waitForAll()
    }
    let token = #"{"name":"a","role":"viewer","organisation":"default"}"#
    let made = await world.send("POST", "/v1/tokens", as: .admin, json: token).json
    let id = made["id"]?.stringValue ?? ""
    let response = await world.send(
      "GET", "/v1/iccs", bearer: made["token"]?.stringValue, headers: ["Accept": "text/csv"])
    #expect(response.text.count { $0 == "\r\n" } == 1 + ICCListParts.limit && response.header("Link") == nil)
    let next = try #require(response.answer.response.next)
    let last = try await next()
    #expect(String(decoding: last.bytes, as: UTF8.self).count { $0 == "\r\n" } == 1 && last.next == nil)
    _ = await world.send("DELETE", "/v1/tokens/" + id, as: .admin)
    let failure = await #expect(throws: ContentFailure.self) { _ = try await next() }
    #expect(failure?.cause == "unauthenticated" && failure?.requestID == response.header("X-Request-Id"))
  }

  @Test(
    arguments: [
      (JSONValue.null, ""), ("a", "a"), (true, "true"), (7, "7"), ([], ""), (["a", "b"], "a\nb"),
      ([["code": "x.y", "detail": "z"]], "x.y"), (["verdict": "failing", "checks": []], "failing"),
    ] as [(JSONValue, String)])
  func `a value has a text in a cell`(value: JSONValue, text: String) {
    #expect(ICCTable.cell(value) == text)
  }
}
