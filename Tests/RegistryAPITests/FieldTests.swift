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

  @Test func `filenames are stored, changed, cleared and narrow the documents`() async throws {
    let world = try await World()
    let body = World.icc.replacing(#""Acme","#, with: #""Acme","filenames":["*.csv","2026/a$?.parquet"],"#)
    let created = await world.send("POST", "/v1/iccs", as: .admin, json: body)
    #expect(created.status == 201)
    let id = try #require(created.json["id"]?.stringValue)
    let read = await world.send("GET", "/v1/iccs/" + id, as: .viewer).json
    let names = read.objectValue?.members.map(\.name) ?? []
    #expect(names.firstIndex(of: "filenames") == names.firstIndex(of: "prefix").map { $0 + 1 })
    #expect(read["filenames"] == ["*.csv", "2026/a$?.parquet"])
    let objects: JSONValue = [
      "arn:aws:s3:::acme-data/exports/*.csv", "arn:aws:s3:::acme-data/exports/2026/a${$}?.parquet",
    ]
    #expect(read["permissionPolicy"]?["Statement"]?[1]?["Resource"] == objects)
    let bucketPolicy = await world.send("GET", "/v1/iccs/\(id)/bucket-policy", as: .viewer).json
    #expect(bucketPolicy["Statement"]?[1]?["Resource"] == objects)
    let item = await world.send("GET", "/v1/iccs", as: .viewer).json["items"]?[0]
    #expect(item?["filenames"]?.arrayValue?.count == 2)
    let changed = await world.patch(id, #"{"filenames":["*.json"]}"#)
    #expect(changed.json["filenames"] == ["*.json"] && changed.json["trustPolicyChanged"]?.boolValue == false)
    for cleared in ["null", "[]"] {
      #expect(await world.patch(id, #"{"filenames":["x"]}"#).json["filenames"] == ["x"])
      #expect(await world.patch(id, #"{"filenames":\#(cleared)}"#).json["filenames"] == [])
    }
    let events = await world.send("GET", "/v1/iccs/\(id)/events", as: .viewer).json["items"]?.arrayValue ?? []
    #expect(events[0]["changes"]?["filenames"]?["after"] == ["*.csv", "2026/a$?.parquet"])
    #expect(events[1]["changes"]?["filenames"] == ["before": ["*.csv", "2026/a$?.parquet"], "after": ["*.json"]])
  }

  @Test(
    arguments: [
      ("[1,\"a\"]", ["/filenames/0 filenames.wrong-type"]), ("\"*.csv\"", ["/filenames filenames.wrong-type"]),
      ("[\"\",\"/a\"]", ["/filenames/0 filenames.empty", "/filenames/1 filenames.leading-slash"]),
      ("[\"a/../b\"]", ["/filenames/0 filenames.dot-segment"]),
      ("[\"a\\u0007\"]", ["/filenames/0 filenames.control-character"]),
      ("[\"\(String(repeating: "x", count: 1_025))\"]", ["/filenames/0 filenames.too-long"]),
      ("[\"s3://acme-data/x\"]", ["/filenames/0 filenames.is-uri"]),
      ("[\(Array(repeating: "\"a\"", count: 101).joined(separator: ","))]", ["/filenames filenames.too-many"]),
      (
        "[\((0..<20).map { "\"\(String(repeating: "x", count: 600))\($0)\"" }.joined(separator: ","))]",
        ["/filenames filenames.policy-too-long"]
      ),
    ] as [(String, [String])])
  func `each error in filenames has its code`(value: String, expected: [String]) async throws {
    let world = try await World()
    func errors(_ response: Received) -> [String] {
      (response.json["errors"]?.arrayValue ?? []).map {
        "\($0["pointer"]?.stringValue ?? "") \($0["code"]?.stringValue ?? "")"
      }
    }
    let body = World.icc.replacing(#""Acme","#, with: #""Acme","filenames":\#(value),"#)
    let rejected = await world.send("POST", "/v1/iccs", as: .admin, json: body)
    #expect(rejected.status == 422)
    #expect(errors(rejected) == expected)
    let id = try await world.create()
    #expect(errors(await world.patch(id, #"{"filenames":\#(value)}"#)) == expected)
  }

  @Test func `a longer prefix can make the policies too long`() async throws {
    let world = try await World()
    let id = try await world.create()
    let names = (0..<60).map { "\"\(String(repeating: "x", count: 100))\($0)\"" }.joined(separator: ",")
    #expect(await world.patch(id, "{\"filenames\":[\(names)]}").status == 200)
    let rejected = await world.patch(id, "{\"prefix\":\"\(String(repeating: "y", count: 100))/\"}")
    #expect(rejected.status == 422)
    #expect(rejected.json["errors"]?[0]?["code"]?.stringValue == "filenames.policy-too-long")
    #expect(rejected.json["errors"]?[0]?["detail"]?.stringValue?.contains("more than AWS's limit of 10240") == true)
    let read = await world.send("GET", "/v1/iccs/" + id, as: .viewer).json
    #expect(read["version"]?.numberValue?.int == 2 && read["prefix"]?.stringValue == "exports/")
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
