import Glibc
import JSON
import PolicyCheck
import Testing

@testable import RegistryAPI

@Suite struct OpenAPITests {
  /// The golden file makes changes of the API visible in review.
  @Test func `the document equals the golden file`() {
    let text = OpenAPIDocument.value(for: RouteTable.all, version: "0.1.0").text(.pretty) + "\n"
    Self.expect("Tests/Golden/openapi.json", toBe: text)
  }

  @Test func `the manual's reference is generated from the document`() {
    Self.expect("Sources/Manual/Pages/reference.md", toBe: ReferencePage.markdown)
  }

  @Test func `every property of every schema has a description`() {
    let schemas = OpenAPIDocument.value(for: RouteTable.all, version: "0.1.0")["components"]?["schemas"]
    for schema in schemas?.objectValue?.members ?? [] {
      for name in Self.undescribed(schema.value, schema.name) { Issue.record("no text for \(name)") }
    }
  }

  @Test(arguments: RouteTable.all.map(\.operation.id))
  func `an operation ID is a name in camel case that generators keep`(id: String) {
    #expect(id.wholeMatch(of: /[a-z]+([A-Z][a-z0-9]+)*/) != nil)
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

  /// The paths of the properties without a description in a schema.
  private static func undescribed(_ schema: JSONValue, _ path: String) -> [String] {
    var names: [String] = []
    for property in schema["properties"]?.objectValue?.members ?? [] {
      let name = path + "." + property.name
      if property.value["description"] == nil { names.append(name) }
      names += undescribed(property.value, name)
    }
    let inner = (schema["oneOf"]?.arrayValue ?? []) + (schema["anyOf"]?.arrayValue ?? [])
    return names + (inner + [schema["items"]].compactMap(\.self)).flatMap { undescribed($0, path) }
  }

  /// Compares a file in the repository with what it is generated from, or writes it with `UPDATE_OPENAPI=1`.
  private static func expect(_ path: String, toBe text: String) {
    let path = #filePath.replacing("Tests/RegistryAPITests/OpenAPITests.swift", with: path)
    if unsafe getenv("UPDATE_OPENAPI") != nil, let file = unsafe fopen(path, "w") {
      unsafe fputs(text, file)
      unsafe fclose(file)
    }
    let isEqual = content(of: path) == text
    #expect(isEqual, "run: UPDATE_OPENAPI=1 swift test --filter OpenAPITests")
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
