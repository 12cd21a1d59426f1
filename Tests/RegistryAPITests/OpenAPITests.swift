import Glibc
import JSON
import PolicyCheck
import Testing

@testable import RegistryAPI

@Suite struct OpenAPITests {
  /// The golden file makes changes of the API visible in review.
  /// `UPDATE_OPENAPI=1 swift test --filter OpenAPITests` rewrites it.
  @Test func `the document equals the golden file`() {
    let text = OpenAPIDocument.value(for: RouteTable.all, version: "0.1.0").text(.pretty) + "\n"
    let path = #filePath.replacing("RegistryAPITests/OpenAPITests.swift", with: "Golden/openapi.json")
    if unsafe getenv("UPDATE_OPENAPI") != nil, let file = unsafe fopen(path, "w") {
      unsafe fputs(text, file)
      unsafe fclose(file)
    }
    #expect(Self.content(of: path) == text)
  }

  @Test func `every route is described once`() {
    let operations = RouteTable.all.map(\.operation.id)
    #expect(Set(operations).count == operations.count)
    #expect(Set(RouteTable.all.map { "\($0.method) \($0.template.text)" }).count == operations.count)
  }

  @Test(arguments: ProblemCode.allCases)
  func `every problem code has a page`(code: ProblemCode) async throws {
    let world = try await World()
    let page = await world.send("GET", "/problems/" + code.rawValue)
    #expect(page.status == 200)
    #expect(page.json["status"]?.numberValue?.int == code.status)
  }

  @Test func `each code of the policy checker has its page`() async throws {
    let world = try await World()
    for code in FindingCode.allCases {
      let page = await world.send("GET", "/problems/" + code.text)
      #expect(page.status == 200, "\(code.text)")
      #expect(page.json["title"]?.stringValue == code.title)
    }
  }

  private static func content(of path: String) -> String {
    guard let file = unsafe fopen(path, "r") else { return "" }
    defer { unsafe fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = unsafe fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
