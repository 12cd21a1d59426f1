import HTTPWire
import JSON
import Registry
import Testing

@testable import RegistryAPI

/// Links to the set-up of one ICC: what their bearer can do, and the attacks on them.
@Suite struct HandOverTests {
  private static let role = #"{"userArn":"arn:aws:iam::111122223333:role/by-link"}"#
  private static let routes = [
    ("GET", "/v1/hand-over"), ("GET", "/v1/hand-over/setup"), ("POST", "/v1/hand-over/check"),
    ("PATCH", "/v1/hand-over"), ("POST", "/v1/hand-over/verify"),
  ]

  private func share(_ world: World, _ icc: String, _ body: String = "{}") async throws -> (id: String, secret: String)
  {
    let made = await world.send("POST", "/v1/iccs/\(icc)/hand-over", as: .editor, json: body)
    #expect(made.status == 201, "\(made.text)")
    return (try #require(made.json["id"]?.stringValue), try #require(made.json["secret"]?.stringValue))
  }

  private func send(_ world: World, _ method: String, _ path: String, _ secret: String) async -> Received {
    let body = method == "PATCH" ? Self.role : path.hasSuffix("/check") ? #"{"trustPolicy":{}}"# : nil
    let headers = method == "PATCH" ? ["Content-Type": "application/merge-patch+json"] : [:]
    return await world.send(method, path, bearer: secret, json: body, headers: headers)
  }

  private func statuses(_ world: World, _ secret: String) async -> [Int] {
    var statuses: [Int] = []
    for (method, path) in Self.routes { statuses.append(await send(world, method, path, secret).status) }
    return statuses
  }

  @Test func `a bearer reads, checks, sets the User ARN and verifies`() async throws {
    let verifier = ScriptedVerifier()
    let world = try await World { $0.verifier = verifier }
    let icc = try await world.create()
    let link = try await share(world, icc, #"{"allow":["check","set-user-arn","verify"],"expiresInDays":2}"#)
    let view = await send(world, "GET", "/v1/hand-over", link.secret)
    #expect(view.status == 200 && view.json["iccId"] == .string(icc) && view.json["createdBy"] == nil)
    #expect(view.json["allow"] == ["check", "set-user-arn", "verify"])
    let setup = await send(world, "GET", "/v1/hand-over/setup", link.secret)
    #expect(setup.text == (await world.send("GET", "/v1/iccs/\(icc)/setup", as: .editor)).text)
    let check = await send(world, "POST", "/v1/hand-over/check", link.secret)
    #expect(check.json["verdict"]?.stringValue == "blocked")
    let changed = await send(world, "PATCH", "/v1/hand-over", link.secret)
    #expect(changed.json["userArn"]?.stringValue == "arn:aws:iam::111122223333:role/by-link")
    #expect((await send(world, "POST", "/v1/hand-over/verify", link.secret)).json["verdict"] == "verified")
    let after = await world.send("GET", "/v1/iccs/" + icc, as: .editor).json
    #expect(after["status"] == "verified" && after["updatedBy"] == .string(link.id))
    let listed = await world.send("GET", "/v1/iccs/\(icc)/hand-overs", as: .viewer)
    #expect(listed.json["items"]?[0]?["uses"] == 5 && !listed.text.contains("icch_"))
    let events = await world.send("GET", "/v1/iccs/\(icc)/events", as: .viewer)
    #expect(events.text.contains("hand-over.created") && !events.text.contains(link.secret))
  }

  @Test func `a link allows only what its maker allowed`() async throws {
    let world = try await World()
    let link = try await share(world, try await world.create())
    #expect(await statuses(world, link.secret) == [200, 200, 403, 403, 403])
    let checking = try await share(world, try await world.create(named: "Other"), #"{"allow":["check"]}"#)
    #expect(await statuses(world, checking.secret) == [200, 200, 200, 403, 403])
  }

  @Test func `only the User ARN can be set, and not removed`() async throws {
    let world = try await World()
    let icc = try await world.create()
    let link = try await share(world, icc, #"{"allow":["set-user-arn"]}"#)
    for body in [
      #"{"bucketName":"theirs"}"#, #"{"userArn":null}"#, "{}", #"{"sessionName":"other"}"#,
      #"{"userArn":"arn:aws:iam::111122223333:role/a","prefix":""}"#,
      #"{"userArn":"arn:aws:iam::111122223333:user/a"}"#,
    ] {
      let answer = await world.send(
        "PATCH", "/v1/hand-over", bearer: link.secret, json: body,
        headers: ["Content-Type": "application/merge-patch+json"])
      #expect(answer.status == 422, "\(body) \(answer.text)")
    }
    #expect(await world.send("GET", "/v1/iccs/" + icc, as: .editor).json["version"] == 1)
  }

  @Test func `a guess is a 401, is counted, and looks like a wrong token`() async throws {
    let world = try await World { $0.failureLimit.burst = 3 }
    let link = try await share(world, try await world.create())
    let guesses = [TokenText.random(.link).text, String(link.secret.dropLast()) + "!", "icch_", world.token(.admin)]
    for (index, guess) in guesses.enumerated() {
      #expect(await send(world, "GET", "/v1/hand-over", guess).status == (index < 3 ? 401 : 429))
    }
    #expect(await send(world, "GET", "/v1/hand-over", link.secret).status == 200)
  }

  @Test func `a link opens nothing else`() async throws {
    let world = try await World { $0.failureLimit.burst = 1_000 }
    let icc = try await world.create()
    let link = try await share(world, icc, #"{"allow":["check","set-user-arn","verify"]}"#)
    for route in RouteTable.all where route.access.credential == .token {
      let path = route.template.text.replacing(/{(config_)?id}/, with: icc)
      #expect(await world.send(route.method.name, path, bearer: link.secret).status == 401, "\(path)")
    }
  }

  @Test func `an expired, a revoked and a used link and one of a deleted ICC look the same`() async throws {
    let world = try await World()
    let icc = try await world.create()
    let gone = try await world.create(named: "Gone")
    let revoked = try await share(world, icc, #"{"allow":["check","set-user-arn","verify"]}"#)
    let deleted = try await share(world, gone, #"{"allow":["check"]}"#)
    let used = try await share(world, icc, #"{"maxUses":2,"allow":["check"]}"#)
    let path = "/v1/iccs/\(icc)/hand-overs/\(revoked.id)"
    #expect(await world.send("DELETE", path, as: .editor).status == 204)
    #expect(await world.send("DELETE", path, as: .editor).status == 204)
    #expect(await world.send("DELETE", "/v1/iccs/" + gone, as: .editor).status == 204)
    for status in [200, 200, 410, 410] {
      #expect(await send(world, "GET", "/v1/hand-over", used.secret).status == status)
    }
    let expired = try await share(world, icc, #"{"expiresInDays":1}"#)
    world.time.advance(milliseconds: 86_400_000)
    var texts: Set<String> = []
    for secret in [revoked.secret, deleted.secret, used.secret, expired.secret] {
      #expect(await statuses(world, secret) == [410, 410, 410, 410, 410])
      texts.insert(await send(world, "GET", "/v1/hand-over", secret).textWithoutRequestID)
    }
    #expect(texts.count == 1)
    let states = await world.send("GET", "/v1/iccs/\(icc)/hand-overs", as: .viewer).json["items"]?.arrayValue
    #expect(states?.compactMap { $0["state"]?.stringValue } == ["expired", "used-up", "revoked"])
  }

  @Test func `two requests at once cannot share the last use`() async throws {
    let world = try await World()
    let link = try await share(world, try await world.create(), #"{"maxUses":5}"#)
    let statuses = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<20 { group.addTask { await send(world, "GET", "/v1/hand-over", link.secret).status } }
      return await group.reduce(into: [Int]()) { $0.append($1) }
    }
    #expect(statuses.count { $0 == 200 } == 5 && statuses.count { $0 == 410 } == 15)
  }

  @Test func `a link that is used too often in a short time must wait`() async throws {
    let world = try await World()
    let link = try await share(world, try await world.create())
    for _ in 0..<RateLimit.link.burst { _ = await send(world, "GET", "/v1/hand-over", link.secret) }
    let limited = await send(world, "GET", "/v1/hand-over", link.secret)
    #expect(limited.status == 429 && limited.header("Retry-After") == "1")
  }

  @Test func `another organisation cannot make, see or revoke a link`() async throws {
    let world = try await World()
    #expect(await world.send("POST", "/v1/organisations", as: .admin, json: #"{"id":"other"}"#).status == 201)
    let theirs = try await world.create(in: "other")
    let own = try await world.create()
    let made = await world.send("POST", "/v1/iccs/\(theirs)/hand-over", as: .admin, json: "{}")
    let id = try #require(made.json["id"]?.stringValue)
    #expect(await world.send("POST", "/v1/iccs/\(theirs)/hand-over", as: .editor, json: "{}").status == 404)
    #expect(await world.send("GET", "/v1/iccs/\(theirs)/hand-overs", as: .viewer).status == 404)
    for icc in [theirs, own] {
      #expect(await world.send("DELETE", "/v1/iccs/\(icc)/hand-overs/\(id)", as: .editor).status == 404)
    }
    #expect(await send(world, "GET", "/v1/hand-over", made.json["secret"]?.stringValue ?? "").status == 200)
  }

  @Test func `a check names no other ICC`() async throws {
    let world = try await World()
    let icc = try await world.create()
    let other = try await world.create(named: "Confidential")
    let document = await world.send("GET", "/v1/iccs/\(other)/trust-policy", as: .viewer).text
    let body = JSONValue.object([("trustPolicy", .string(document))]).text()
    let link = try await share(world, icc, #"{"allow":["check"]}"#)
    let seen = await world.send("POST", "/v1/hand-over/check", bearer: link.secret, json: body)
    #expect(seen.status == 200 && !seen.text.contains("Confidential") && !seen.text.contains(other))
    #expect(await world.send("POST", "/v1/iccs/\(icc)/check", as: .viewer, json: body).text.contains("Confidential"))
  }

  @Test(arguments: [
    #"{"expiresInDays":0}"#, #"{"expiresInDays":31}"#, #"{"expiresInDays":"7"}"#, #"{"maxUses":0}"#,
    #"{"maxUses":10001}"#, #"{"allow":["delete"]}"#, #"{"allow":"check"}"#, #"{"secret":"x"}"#,
  ])
  func `a wrong value is an error`(body: String) async throws {
    let world = try await World()
    let icc = try await world.create()
    #expect(await world.send("POST", "/v1/iccs/\(icc)/hand-over", as: .editor, json: body).status == 422)
  }

  @Test func `an ICC has twenty open links at most`() async throws {
    let world = try await World()
    let icc = try await world.create()
    for _ in 0..<20 { _ = try await share(world, icc) }
    let more = await world.send("POST", "/v1/iccs/\(icc)/hand-over", as: .editor, json: "{}")
    #expect(more.status == 409 && more.json["code"] == "hand-over.too-many")
  }
}
