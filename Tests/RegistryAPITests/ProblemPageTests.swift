import Glibc
import JSON
import Testing

@testable import RegistryAPI

/// Each code that a response can contain has a page under `/problems/`.
@Suite struct ProblemPageTests {
  private static let root = #filePath.replacing("/Tests/RegistryAPITests/ProblemPageTests.swift", with: "")
  /// The permissions and kinds of events have the form of codes, but are not errors.
  private static let others = ["/Access/Action.swift", "/Audit/EventKind.swift"]

  @Test func `every code in the source has a page`() async throws {
    let world = try await World()
    var codes: Set<String> = []
    for module in ["Registry", "RegistryAPI", "FilterLanguage", "Verifier"] {
      for file in Self.files(in: "\(Self.root)/Sources/\(module)") where !Self.others.contains(where: file.hasSuffix) {
        codes.formUnion(Self.codes(in: Self.content(of: file)))
      }
    }
    codes.subtract(RouteTable.all.flatMap { $0.operation.query.map(\.name) })
    #expect(codes.count > 100)
    for code in codes.sorted() {
      let page = await world.send("GET", "/problems/" + code)
      #expect(page.status == 200, "\(code)")
      #expect(page.json["explanation"]?.stringValue?.isEmpty == false, "\(code)")
    }
  }

  @Test func `an explanation with angle brackets is escaped in HTML`() async throws {
    let world = try await World()
    let page = await world.send("GET", "/problems/user-arn.malformed", headers: ["Accept": "text/html"])
    #expect(page.text.contains("&lt;12 digits&gt;") && !page.text.contains("<12 digits>"))
  }

  @Test func `an unknown code has no page`() async throws {
    let world = try await World()
    for code in ["nothing", "name.nothing", "trust.nothing", ".missing", "a.b.missing"] {
      #expect(await world.send("GET", "/problems/" + code).status == 404, "\(code)")
    }
  }

  private static func codes(in text: String) -> [String] {
    text.matches(of: /"([a-z][a-z0-9-]*\.[a-z][a-z0-9-]*)"/).map { String($0.1) }.filter { !isFile($0) }
  }

  private static func isFile(_ text: String) -> Bool {
    ["html", "css", "js", "svg", "json"].contains { text.hasSuffix("." + $0) }
  }

  private static func files(in folder: String) -> [String] {
    guard let directory = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(directory) }
    var found: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
      }
      if name.hasPrefix(".") { continue }
      let path = "\(folder)/\(name)"
      if name.hasSuffix(".swift") { found.append(path) } else { found += files(in: path) }
    }
    return found
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
