import HTTPWire
import JSON
import Registry
import System
import Testing

@testable import RegistryAPI

@Suite struct ConventionTests {
  @Test(arguments: [
    ("BREW", "/v1/iccs", 501), ("PUT", "/v1/iccs", 405), ("TRACE", "/v1/iccs", 405), ("CONNECT", "/v1/iccs", 405),
    ("OPTIONS", "/v1/iccs", 204), ("OPTIONS", "*", 204), ("OPTIONS", "/nowhere", 404), ("GET", "/v1/iccs/", 404),
    ("GET", "/nowhere", 404), ("HEAD", "/healthz", 200), ("GET", "/readyz", 200), ("GET", "/openapi.json", 200),
    ("GET", "/problems/validation-failed", 200), ("GET", "/problems/user-arn.is-user", 200),
    ("GET", "/problems/trust.session-name-placeholder", 200),
    ("GET", "/problems/nothing", 404), ("GET", "/problems/trust.nothing", 404), ("GET", "/healthz?x=1", 422),
  ])
  func `each method and path has its status`(method: String, path: String, status: Int) async throws {
    let world = try await World()
    let answer = await world.send(method, path)
    #expect(answer.status == status)
    #expect((answer.header("Allow") != nil) == (status == 405 || method == "OPTIONS" && status == 204))
    #expect(answer.header("X-Content-Type-Options") == "nosniff")
    #expect(answer.header("Cache-Control") == "no-store")
  }

  @Test func `a path with a slash too many is named`() async throws {
    let world = try await World()
    for path in ["/v1/iccs/", "/healthz/", "/v1/iccs/icc_0/events/"] {
      #expect(await world.send("GET", path).json["detail"]?.stringValue?.contains("does not end with a slash") == true)
    }
    for path in ["/nowhere/", "/v1/iccs//", "/v1//iccs"] {
      #expect(await world.send("GET", path).json["detail"]?.stringValue?.contains("slash") == false)
    }
  }

  /// ICC 0 is as created, 1 is disabled, 2 has a pending external ID and was changed a minute later.
  @Test(
    arguments: [
      ("enabled=true", [0, 2]), ("enabled=false", [1]), ("rotationPending=true", [2]),
      ("rotationPending=false", [0, 1]),
      ("sessionName=acme-import", [0, 1, 2]), ("sessionName=Acme-import", []),
      ("status=unverified,failing", [0, 1, 2]), ("status=failing&status=unverified", [0, 1, 2]),
      ("status=failing&status=draft,verified", []),
      ("status=failing", []), ("connectorType=s3-cross-account", [0, 1, 2]), ("updatedSince=2027-01-15T08:01:00Z", [2]),
      ("updatedSince=2027-01-15T08:00:00Z&enabled=false", [1]),
      ("q=icc", [0, 1, 2]), ("q=%22%20acme-data", []), ("q=Second%20acme-data", [2]), ("q=icc%20nothing", []),
      ("q=%20", [0, 1, 2]),
      ("order=updated", [2, 1, 0]), ("order=name", [0, 1, 2]), ("order=newest&q=icc", [2, 1, 0]),
    ] as [(String, [Int])])
  func `the list is limited by each filter`(query: String, expected: [Int]) async throws {
    let world = try await World()
    var ids: [String] = []
    for number in 0..<3 { ids.append(try await world.create(named: "ICC \(number)")) }
    #expect(await world.send("POST", "/v1/iccs/\(ids[1])/disable", as: .admin).status == 200)
    world.time.advance(milliseconds: 60_000)
    _ = await world.patch(ids[2], #"{"description":"the second"}"#)
    #expect(await world.send("POST", "/v1/iccs/\(ids[2])/external-id/rotate", as: .admin).status == 200)
    let list = await world.send("GET", "/v1/iccs?" + query, as: .viewer).json["items"]?.arrayValue
    #expect(list?.map { $0["id"]?.stringValue } == expected.map { ids[$0] })
  }

  @Test(arguments: [
    "status=", "status=verified,", "status=verified&status=", "connectorType=s3-cross-account,", "status=verified,none",
    "connectorType=sftp", "updatedSince=yesterday",
    "order=NAME", "order=", "q=1%202%203%204%205%206%207%208%209",
  ])
  func `a wrong filter is an error`(query: String) async throws {
    let world = try await World()
    let answer = await world.send("GET", "/v1/iccs?" + query, as: .viewer)
    #expect(answer.status == 422 && answer.json["errors"]?[0]?["code"]?.stringValue == "query.wrong-value")
  }

  @Test(arguments: [
    ("*/*", 200), ("application/json", 200), ("text/html", 406), ("application/*;q=0.1, text/html", 200),
    ("application/json;q=0", 406), ("*/*, application/json;q=0", 406),
  ])
  func `the Accept header selects the media type`(accept: String, status: Int) async throws {
    let world = try await World()
    #expect(await world.send("GET", "/v1/session", as: .viewer, headers: ["Accept": accept]).status == status)
  }

  @Test(arguments: [("Accept", "a/b"), ("If-None-Match", #""7""#), ("If-Match", #""1""#)])
  func `a list in a header has at most 32 entries`(field: String, entry: String) async throws {
    let world = try await World()
    let path = "/v1/iccs/" + (try await world.create())
    for (count, isAllowed) in [(32, true), (33, false), (1500, false)] {
      let rest = [String](repeating: entry, count: count - 1) + [field == "Accept" ? "*/*" : entry]
      let value = rest.joined(separator: ",")
      #expect((await world.send("GET", path, as: .viewer, headers: [field: value]).status == 431) == !isAllowed)
      #expect(
        (await world.send("POST", path + "/disable?dryRun=true", as: .admin, headers: [field: value]).status == 431)
          == !isAllowed)
    }
  }

  @Test func `two requests with the same idempotency key create one ICC`() async throws {
    let world = try await World()
    let key = ["Idempotency-Key": "k-1"]
    let first = await world.send("POST", "/v1/iccs", as: .admin, json: World.icc, headers: key)
    let again = await world.send("POST", "/v1/iccs", as: .admin, json: World.icc, headers: key)
    #expect(again.status == 201)
    #expect(again.body == first.body)
    #expect(again.header("Idempotency-Replayed") == "true")
    #expect(again.header("Location") == first.header("Location"))
    let other = await world.send(
      "POST", "/v1/iccs", as: .admin, json: World.icc.replacing("exports/", with: "x/"), headers: key)
    #expect(other.json["code"]?.stringValue == "idempotency-key.reused")
    #expect(await world.send("POST", "/v1/iccs", as: .editor, json: World.icc, headers: key).status == 409)
    world.time.advance(milliseconds: 86_400_000)
    #expect(await world.send("POST", "/v1/iccs", as: .admin, json: World.icc, headers: key).status == 409)
  }

  @Test func `concurrent requests with the same key create one ICC`() async throws {
    let world = try await World()
    let statuses = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<16 {
        group.addTask {
          await world.send("POST", "/v1/iccs", as: .admin, json: World.icc, headers: ["Idempotency-Key": "k"]).status
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(statuses.allSatisfy { $0 == 201 || $0 == 409 })
    #expect(await world.send("GET", "/v1/iccs", as: .admin).json["items"]?.arrayValue?.count == 1)
  }

  @Test func `a replayed response contains no token text`() async throws {
    let world = try await World()
    let body = #"{"name":"t","role":"admin"}"#
    let first = await world.send("POST", "/v1/tokens", as: .admin, json: body, headers: ["Idempotency-Key": "k"])
    let again = await world.send("POST", "/v1/tokens", as: .admin, json: body, headers: ["Idempotency-Key": "k"])
    #expect(first.json["token"]?.stringValue != nil)
    #expect(again.json["id"] == first.json["id"])
    #expect(again.json["token"]?.isNull == true)
  }

  @Test func `a cursor is valid for its own list, scope and database only`() {
    let key = [UInt8](repeating: 1, count: 32)
    let seal = CursorSeal(key: key, .all)
    let others = [
      CursorSeal(key: key, .organisation(.default)), CursorSeal(key: [UInt8](repeating: 2, count: 32), .all),
    ]
    let longest = String(repeating: "ẞ", count: 600)
    for (sequence, key) in [(0, ""), (1, "a"), (31, "a b"), (32, longest), (1 << 40, ""), (Int64.max, "")] {
      let text = seal.text(.iccs, after: sequence, key: key)
      let position = seal.position(text, of: .iccs)
      #expect(position?.sequence == sequence && position?.key == key)
      #expect(seal.position("t" + text.dropFirst(), of: .tokens) == nil)
      for other in others { #expect(other.position(text, of: .iccs) == nil) }
      for index in text.indices {
        var altered = text
        altered.replaceSubrange(index...index, with: text[index] == "0" ? "1" : "0")
        #expect(seal.position(altered, of: .iccs) == nil)
      }
    }
    let valid = seal.text(.iccs, after: 1)
    for text in [
      "", "i", String(valid.dropLast()), String(valid.dropLast(2)), valid + "0", valid + "00", valid.uppercased(),
    ] {
      #expect(seal.position(text, of: .iccs) == nil)
    }
  }

  @Test func `a token with any altered character is rejected`() {
    let token = TokenText.random().text
    #expect(token.utf8.count == 55)
    #expect(TokenText(token) != nil)
    for index in token.indices {
      var altered = token
      altered.replaceSubrange(index...index, with: token[index] == "A" ? "B" : "A")
      #expect(TokenText(altered) == nil)
    }
    #expect(TokenText(String(token.dropLast())) == nil)
  }

  /// The form is always checked, the checksum only if the hash is unknown.
  @Test func `the checksum of a known token is not computed`() {
    let token = TokenText.random()
    let wrong = String(token.text.dropLast()) + (token.text.hasSuffix("A") ? "B" : "A")
    for (text, isKnown, hasHash) in [
      (token.text, true, true), (token.text, false, true), (wrong, true, true), (wrong, false, false),
      (token.text + "A", true, false), ("", true, false),
    ] {
      var asked = 0
      let hash = TokenText.hash(of: text.utf8.span) { _ in
        asked += 1
        return isKnown
      }
      #expect((hash != nil) == hasHash && asked == (text.utf8.count == TokenText.length ? 1 : 0), "\(text) \(isKnown)")
    }
    #expect(TokenText.hash(of: token.text.utf8.span) { _ in false } == token.hash)
  }
}
