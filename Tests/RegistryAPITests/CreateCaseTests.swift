import JSON
import Registry
import TestSupport
import Testing

@testable import RegistryAPI

/// Values of fields as people have them in public bug reports, each with the status, the codes of
/// the errors or warnings, and a part of what they say. `why` says where the mistake comes from.
@Suite struct CreateCaseTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let content: JSONValue

    var testDescription: String { name }

    /// A new ICC with the values of the case in place of right ones.
    var body: String {
      let base = (try? JSONValue(parsing: World.icc))?.objectValue ?? JSONObject()
      var members = base
      for member in content["input"]?.objectValue?.members ?? [] { members[member.name] = member.value }
      return JSONValue(.object(members)).text()
    }
  }

  static let all = Fixtures.files(in: "Fixtures/Cases", nextTo: #filePath).compactMap { file in
    (try? JSONValue(parsing: Array(file.content))).map { Case(name: file.name, content: $0) }
  }

  @Test func `all cases are read`() {
    #expect(Self.all.count == 40)
  }

  @Test(arguments: all)
  func `a value from practice gets the right advice`(_ row: Case) async throws {
    let world = try await World()
    let answer = await world.send("POST", "/v1/iccs?dryRun=true", as: .admin, json: row.body)
    #expect(answer.status == row.content["status"]?.numberValue.flatMap { Int($0.text) })
    let given = answer.json[answer.status == 201 ? "warnings" : "errors"]?.arrayValue ?? []
    #expect(given.map { $0["code"] } == row.content["codes"]?.arrayValue)
    guard let words = row.content["says"]?.stringValue else { return }
    let said = given.flatMap { [$0["detail"], $0["hint"]] }.compactMap { $0?.stringValue }.joined(separator: " ")
    #expect(said.contains(words), "\(said)")
  }
}
