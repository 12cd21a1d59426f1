import JSON
import Registry
import Testing

@testable import RegistryAPI

/// The fields of an ICC by themselves, from create to the audit trail.
@Suite struct FieldTests {
  @Test func `a description and a bucket owner are stored, changed and cleared`() async throws {
    let world = try await World()
    let body = World.icc.replacing(
      #""Acme","#, with: #""Acme","description":"Weekly\r\nexport","bucketOwner":" 999988887777 ","#)
    let created = await world.send("POST", "/v1/iccs", as: .admin, json: body)
    #expect(created.status == 201)
    let id = try #require(created.json["id"]?.stringValue)
    let read = await world.send("GET", "/v1/iccs/" + id, as: .viewer).json
    #expect(read["description"]?.stringValue == "Weekly\nexport")
    #expect(read["bucketOwner"]?.stringValue == "999988887777")
    let names = read.objectValue?.members.map(\.name) ?? []
    #expect(Array(names.prefix(4)) == ["id", "organisation", "name", "description"])
    #expect(names.firstIndex(of: "bucketOwner") == names.firstIndex(of: "bucketName").map { $0 + 1 })
    let item = await world.send("GET", "/v1/iccs", as: .viewer).json["items"]?[0]
    #expect(item?["description"]?.stringValue == "Weekly\nexport")
    let cleared = await world.patch(id, #"{"description":null,"bucketOwner":null}"#)
    #expect(cleared.json["description"]?.stringValue == "" && cleared.json["bucketOwner"]?.isNull == true)
    #expect(cleared.json["trustPolicyChanged"]?.boolValue == false)
    let events = await world.send("GET", "/v1/iccs/\(id)/events", as: .viewer).json["items"]?.arrayValue ?? []
    #expect(events.contains { $0["changes"]?["bucketOwner"]?["before"]?.stringValue == "999988887777" })
  }

  @Test(arguments: [
    ("bucketOwner", "\"1111-2222-3333\"", "bucket-owner.malformed"), ("bucketOwner", "\"\"", "bucket-owner.malformed"),
    ("bucketOwner", "111122223333", "bucket-owner.wrong-type"), ("description", "1", "description.wrong-type"),
    ("description", "\"a\\u0000b\"", "description.control-character"),
    ("description", "\"\(String(repeating: "é", count: 1001))\"", "description.too-long"),
  ]) func `a wrong value has its code`(field: String, value: String, code: String) async throws {
    let world = try await World()
    let body = World.icc.replacing(#""Acme","#, with: #""Acme","\#(field)":\#(value),"#)
    let rejected = await world.send("POST", "/v1/iccs", as: .admin, json: body)
    #expect(rejected.status == 422)
    #expect(rejected.json["errors"]?.arrayValue?.map { $0["code"]?.stringValue } == [code])
    let id = try await world.create()
    #expect(await world.patch(id, #"{"\#(field)":\#(value)}"#).json["errors"]?[0]?["code"]?.stringValue == code)
  }

  @Test(arguments: [
    #""expiresAt":"9999-12-31T23:59:59Z""#, #""expiresAt":"2001-01-01T00:00:00Z""#,
  ]) func `a token's end in the past or beyond ten years is rejected`(expiry: String) async throws {
    let world = try await World()
    let answer = await world.send("POST", "/v1/tokens", as: .admin, json: #"{"name":"t","role":"admin",\#(expiry)}"#)
    #expect(answer.status == 422)
    #expect(answer.json["errors"]?[0]?["code"]?.stringValue == "expires-at.out-of-range")
  }

  @Test(arguments: ["/v1/iccs", "/v1/tokens", "/v1/organisations"])
  func `every name follows one rule`(path: String) async throws {
    let world = try await World()
    let rest = ["/v1/iccs": "", "/v1/tokens": #""role":"admin""#, "/v1/organisations": #""id":"acme""#][path] ?? ""
    for (name, code) in [("  ", "name.blank"), ("a\u{202E}b", "name.invisible-character")] {
      let body =
        path == "/v1/iccs"
        ? World.icc.replacing(#""Acme","#, with: #""\#(name)","#) : #"{"name":"\#(name)",\#(rest)}"#
      let answer = await world.send("POST", path, as: .admin, json: body)
      #expect(answer.json["errors"]?[0]?["code"]?.stringValue == code, "\(path)")
    }
  }

  /// The representation and the filter follow the same rule.
  @Test(arguments: [RequireVerified.auto, .always, .never])
  func `an ICC is usable if nothing speaks against it`(require: RequireVerified) async throws {
    let world = try await World { $0.requireVerified = require }
    let unverified = try await world.create(named: "unverified")
    let disabled = try await world.create(named: "disabled")
    let draft = try await world.create(named: "draft")
    _ = await world.send("POST", "/v1/iccs/\(disabled)/disable", as: .admin)
    _ = await world.patch(draft, #"{"userArn":null}"#)
    let isRequired = require == .always
    let expected = [
      unverified: isRequired ? ["not-verified"] : [],
      disabled: isRequired ? ["disabled", "not-verified"] : ["disabled"], draft: ["draft"],
    ]
    for (id, obstacles) in expected {
      let icc = await world.send("GET", "/v1/iccs/" + id, as: .connector).json
      #expect(icc["usable"]?.boolValue == obstacles.isEmpty)
      #expect(icc["notUsableBecause"]?.arrayValue?.compactMap(\.stringValue) == obstacles)
      for isUsable in [true, false] {
        let items = await world.send("GET", "/v1/iccs?usable=\(isUsable)", as: .connector).json["items"]?.arrayValue
        #expect(items?.contains { $0["id"]?.stringValue == id } == (obstacles.isEmpty == isUsable))
      }
    }
    #expect(await world.send("GET", "/v1/iccs?usable=maybe", as: .connector).status == 422)
  }
}
