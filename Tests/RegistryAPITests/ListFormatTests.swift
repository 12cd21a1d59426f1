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

  @Test(
    arguments: [
      (JSONValue.null, ""), ("a", "a"), (true, "true"), (7, "7"), ([], ""), (["a", "b"], "a\nb"),
      ([["code": "x.y", "detail": "z"]], "x.y"), (["verdict": "failing", "checks": []], "failing"),
    ] as [(JSONValue, String)])
  func `a value has a text in a cell`(value: JSONValue, text: String) {
    #expect(ICCTable.cell(value) == text)
  }
}
