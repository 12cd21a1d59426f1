import HTTPWire
import JSON
import Registry
import RegistryAPI
import Testing

@Suite struct ICCTests {
  @Test func `a created ICC is read back`() async throws {
    let world = try await World()
    let created = await world.send("POST", "/v1/iccs", as: .admin, json: World.icc)
    #expect(created.status == 201)
    #expect(created.header("ETag") == "\"1\"")
    let id = try #require(created.json["id"]?.stringValue)
    #expect(created.header("Location") == "/v1/iccs/" + id)
    let read = await world.send("GET", "/v1/iccs/" + id, as: .admin)
    #expect(read.body == created.body)
    let text = await world.send("GET", "/v1/iccs/\(id)/external-id", as: .admin)
    #expect(text.text == (read.json["externalId"]?.stringValue ?? "") + "\n")
    let policy = await world.send("GET", "/v1/iccs/\(id)/trust-policy", as: .admin)
    #expect(policy.text.split(separator: "\n").count == 17)
    let same = await world.send("GET", "/v1/iccs/" + id, as: .admin, headers: ["If-None-Match": "W/\"1\""])
    #expect(same.status == 304)
    #expect(same.body.isEmpty)
  }

  @Test func `all errors are reported together`() async throws {
    let world = try await World()
    let body =
      #"{"userArn":7,"sessionName":"Your Session Name","bucketName":"s3://x/y","externalId":"a","colour":"red"}"#
    let answer = await world.send("POST", "/v1/iccs?colour=1", as: .admin, json: body)
    #expect(answer.status == 422)
    let codes = answer.json["errors"]?.arrayValue?.compactMap { $0["code"]?.stringValue } ?? []
    #expect(
      Set(codes) == [
        "query.unknown", "name.missing", "connector-type.missing", "user-arn.wrong-type", "session-name.placeholder",
        "bucket-name.is-uri", "external-id.not-settable", "colour.unknown",
      ])
  }

  @Test(arguments: [
    (#"{"name":"#, 400), (#"{"name":"a","name":"b"}"#, 400), ("[]", 422), ("", 400),
    (String(repeating: "[", count: 40), 400),
  ])
  func `a body that is not an object is rejected`(body: String, status: Int) async throws {
    let world = try await World()
    #expect(await world.send("POST", "/v1/iccs", as: .admin, json: body).status == status)
  }

  @Test func `a patch clears, keeps and replaces fields`() async throws {
    let world = try await World()
    let id = try await world.create()
    let patched = await world.patch(id, #"{"sessionName":"other","userArn":null}"#)
    #expect(patched.status == 200)
    #expect(patched.json["trustPolicyChanged"]?.boolValue == true)
    #expect(patched.json["status"]?.stringValue == "draft")
    #expect(patched.json["version"]?.numberValue?.int == 2)
    let renamed = await world.patch(id, #"{"name":"another"}"#, headers: ["If-Match": "\"2\""])
    #expect(renamed.json["trustPolicyChanged"]?.boolValue == false)
    #expect(await world.patch(id, #"{"name":"x"}"#, headers: ["If-Match": "\"2\""]).status == 412)
    #expect(await world.patch(id, #"{"name":"x"}"#, headers: ["If-Match": "W/\"3\""]).status == 412)
    #expect(await world.patch(id, #"{"name":"another"}"#, headers: ["If-Match": "*"]).header("ETag") == "\"3\"")
    #expect(await world.patch(id, #"{"name":null}"#).status == 422)
    #expect(await world.send("PATCH", "/v1/iccs/" + id, as: .admin, json: "{}").status == 415)
  }

  @Test func `only a rotation changes the external ID`() async throws {
    let world = try await World()
    let id = try await world.create()
    let first = await world.send("GET", "/v1/iccs/" + id, as: .admin).json["externalId"]?.stringValue
    _ = await world.patch(id, #"{"userArn":"arn:aws:iam::111122223333:role/other"}"#)
    #expect(await world.send("DELETE", "/v1/iccs/" + id, as: .admin).status == 204)
    #expect(await world.send("GET", "/v1/iccs/" + id, as: .admin).status == 404)
    let restored = await world.send("POST", "/v1/iccs/\(id)/restore", as: .admin)
    #expect(restored.json["externalId"]?.stringValue == first)
    let rotated = await world.send("POST", "/v1/iccs/\(id)/external-id/rotate", as: .admin)
    #expect(rotated.json["externalId"]?.stringValue == first)
    let pending = rotated.json["pendingExternalId"]?.stringValue
    #expect(await world.send("POST", "/v1/iccs/\(id)/external-id/rotate", as: .admin).status == 409)
    let promoted = await world.send("POST", "/v1/iccs/\(id)/external-id/promote", as: .admin)
    #expect(promoted.json["externalId"]?.stringValue == pending)
    #expect(await world.send("POST", "/v1/iccs/\(id)/external-id/cancel", as: .admin).status == 409)
  }

  @Test func `a dry run writes nothing`() async throws {
    let world = try await World()
    #expect(await world.send("POST", "/v1/iccs?dryRun=true", as: .admin, json: World.icc).status == 201)
    let list = await world.send("GET", "/v1/iccs", as: .admin)
    #expect(list.text == #"{"items":[],"nextCursor":null}"#)
  }

  @Test func `a name in use is rejected ignoring case`() async throws {
    let world = try await World()
    let id = try await world.create()
    let twin = await world.send(
      "POST", "/v1/iccs", as: .admin, json: World.icc.replacing(#""Acme""#, with: #""aCME""#))
    #expect(twin.status == 409)
    #expect(twin.json["code"]?.stringValue == "name.taken")
    #expect(twin.json["conflicts"]?[0]?["id"]?.stringValue == id)
  }

  @Test(arguments: ["", "&order=newest"]) func `pages do not skip or repeat items`(order: String) async throws {
    let world = try await World()
    var ids: [String] = []
    for number in 0..<7 { ids.append(try await world.create(named: "icc \(number)")) }
    var seen: [String] = []
    var cursor = order
    repeat {
      let page = await world.send("GET", "/v1/iccs?limit=2" + cursor, as: .admin)
      let items = page.json["items"]?.arrayValue ?? []
      seen += items.compactMap { $0["id"]?.stringValue }
      if let first = items.first?["id"]?.stringValue {
        _ = await world.patch(first, #"{"name":"renamed \#(seen.count)"}"#)
      }
      if seen.count == 2, let gone = seen.first { _ = await world.send("DELETE", "/v1/iccs/" + gone, as: .admin) }
      cursor = page.json["nextCursor"]?.stringValue.map { "&cursor=" + $0 } ?? ""
    } while !cursor.isEmpty
    #expect(seen == (order.isEmpty ? ids : ids.reversed()))
    #expect(await world.send("GET", "/v1/iccs?cursor=t0000000000000", as: .admin).status == 422)
    #expect(await world.send("GET", "/v1/iccs?order=last", as: .admin).status == 422)
  }

  @Test(arguments: [
    ("", "*/*", 200, "text/markdown; charset=utf-8"), ("", "text/html", 200, "text/html; charset=utf-8"),
    ("?format=cli", "*/*", 200, "text/plain; charset=utf-8"),
    ("?format=cloudformation", "*/*", 200, "application/json"),
    ("", "application/json", 200, "application/json"),
    ("?format=terraform", "application/json", 406, "application/problem+json"),
    ("?format=word", "*/*", 422, "application/problem+json"),
  ])
  func `the set-up kit is available in each format`(query: String, accept: String, status: Int, type: String)
    async throws
  {
    let world = try await World()
    let id = try await world.create()
    let kit = await world.send("GET", "/v1/iccs/\(id)/setup\(query)", as: .viewer, headers: ["Accept": accept])
    #expect(kit.status == status)
    #expect(kit.header("Content-Type") == type)
  }

  /// CloudFormation would put a value of the customer's account into the policy.
  @Test(arguments: ["\"prefix\":\"{{resolve:ssm:secret}}/\"", "\"filenames\":[\"a.csv\",\"{{resolve:ssm:secret}}\"]"])
  func `an ICC with a dynamic reference has no CloudFormation template`(member: String) async throws {
    let world = try await World()
    let id = try await world.create()
    #expect(await world.patch(id, "{\(member)}").status == 200)
    let template = await world.send("GET", "/v1/iccs/\(id)/setup?format=cloudformation", as: .viewer)
    #expect(template.status == 409)
    #expect(template.json["code"] == "icc.has-dynamic-reference")
    for format in ["guide", "cli", "terraform"] {
      #expect(await world.send("GET", "/v1/iccs/\(id)/setup?format=\(format)", as: .viewer).status == 200)
    }
  }

  /// A role has one trust policy: a kit for one ICC only would lock out the others.
  @Test(arguments: ["guide", "cli", "cloudformation", "terraform"])
  func `the set-up kit admits the other ICCs of the role`(format: String) async throws {
    let world = try await World()
    _ = await world.send("POST", "/v1/organisations", as: .admin, json: #"{"id":"other"}"#)
    let id = try await world.create()
    let twin = try await world.create(named: "twin")
    let deleted = try await world.create(named: "deleted")
    let foreign = try await world.create(in: "other")
    var externalIDs: [String: String] = [:]
    for icc in [id, twin, deleted, foreign] {
      let answer = await world.send("GET", "/v1/iccs/" + icc, as: .admin)
      externalIDs[icc] = try #require(answer.json["externalId"]?.stringValue)
    }
    #expect(await world.send("DELETE", "/v1/iccs/" + deleted, as: .admin).status == 204)
    let kit = await world.send("GET", "/v1/iccs/\(id)/setup?format=\(format)", as: .admin).text
    let held = Set(externalIDs.filter { kit.contains($0.value) }.keys)
    #expect(held == [id, twin])
  }

  @Test func `pasted policies are checked`() async throws {
    let world = try await World()
    let id = try await world.create()
    let policy = await world.send("GET", "/v1/iccs/\(id)/trust-policy", as: .viewer).json
    let works = await world.send(
      "POST", "/v1/iccs/\(id)/check", as: .viewer, json: JSONValue.object([("trustPolicy", policy)]).text())
    #expect(works.json["verdict"]?.stringValue == "works")
    let other = try await world.create(named: "Other")
    let foreign = await world.send(
      "POST", "/v1/iccs/\(other)/check", as: .viewer, json: JSONValue.object([("trustPolicy", policy)]).text())
    #expect(foreign.json["verdict"]?.stringValue == "blocked")
    #expect(foreign.text.contains("Acme"))
    #expect(await world.send("POST", "/v1/iccs/\(id)/check", as: .viewer, json: "{}").status == 422)
  }
}
