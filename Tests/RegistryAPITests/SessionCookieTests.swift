import HTTPWire
import JSON
import Registry
import System
import Testing

@testable import RegistryAPI

/// The cookie that keeps a browser of the console signed in.
@Suite struct SessionCookieTests {
  private static let site = ["Host": "icc.example", "Origin": "https://icc.example"]
  private static let console = ["Host": "icc.example", "X-Console-Session": "1"]
  private static let day: Int64 = 86_400_000

  /// Signs a browser in, and returns its cookie as a request has it.
  private func signIn(_ world: World, bearer: String, days: Int = 7) async throws -> String {
    let received = await world.send(
      "POST", "/v1/session", bearer: bearer, json: #"{"days":\#(days)}"#, headers: Self.site)
    #expect(received.status == 201)
    return try #require(received.header("Set-Cookie")?.split(separator: ";").first.map(String.init))
  }

  private func signIn(_ world: World, as role: Role = .editor) async throws -> String {
    try await signIn(world, bearer: world.token(role))
  }

  private func status(
    _ world: World, _ cookie: String, _ headers: [String: String] = [:], from peer: String = "192.0.2.1"
  ) async -> Int {
    await call(world, "GET", "/v1/session", cookie, headers, from: peer).status
  }

  private func call(
    _ world: World, _ method: String, _ path: String, _ cookie: String, _ headers: [String: String] = [:],
    json: String? = nil, from peer: String = "192.0.2.1"
  ) async -> Received {
    let fields = Self.console.merging(headers) { $1 }.merging(["Cookie": cookie]) { $1 }.filter { !$0.value.isEmpty }
    return await world.send(method, path, json: json, headers: fields, from: peer)
  }

  private func make(_ world: World, _ members: String) async throws -> (text: String, id: String) {
    let made = await world.send("POST", "/v1/tokens", as: .admin, json: #"{"name":"t",\#(members)}"#).json
    return (try #require(made["token"]?.stringValue), try #require(made["id"]?.stringValue))
  }

  @Test(arguments: [
    ("icc.example", "https://icc.example", "", "__Host-icc-registry", "/", true),
    ("icc.example", "https://icc.example", "/icc", "__Secure-icc-registry", "/icc/", true),
    ("icc.example", nil, "", "__Host-icc-registry", "/", true),
    ("icc.example", "http://icc.example", "", "__Host-icc-registry", "/", true),
    ("127.0.0.1:8080", "https://icc.example", "", "__Host-icc-registry", "/", true),
    ("127.0.0.1.example", "http://127.0.0.1.example", "", "__Host-icc-registry", "/", true),
    ("127.0.0.1:8080", "http://127.0.0.1:8080", "", "icc-registry", "/", false),
    ("localhost", "http://localhost", "/icc", "icc-registry", "/icc/", false),
    ("[::1]:8080", nil, "", "icc-registry", "/", false),
  ])
  func `the cookie cannot be read by scripts or sent by other sites`(
    _ host: String, _ origin: String?, _ base: String, _ name: String, _ path: String, _ isSecure: Bool
  ) async throws {
    let world = try await World { $0.basePath = BasePath(base) ?? .root }
    var headers = ["Host": host]
    headers["Origin"] = origin
    let received = await world.send(
      "POST", base + "/v1/session", as: .viewer, json: #"{"days":2}"#, headers: headers)
    #expect(received.status == 201 && received.header("Cache-Control") == "no-store")
    let parts = try #require(received.header("Set-Cookie")).split(separator: "; ").map(String.init)
    #expect(parts[0].hasPrefix(name + "=iccs_"))
    let attributes = ["Path=" + path, "Max-Age=172800", "HttpOnly", "SameSite=Strict"]
    #expect(parts.dropFirst() == (attributes + (isSecure ? ["Secure"] : []))[...])
    let read = await world.send(
      "GET", base + "/v1/session", headers: ["Host": host, "Cookie": parts[0], "X-Console-Session": "1"])
    #expect(read.status == 200)
  }

  @Test func `the token of a browser has the limits of its maker, and its text is nowhere`() async throws {
    let world = try await World()
    let maker = try await make(
      world, #""role":"auditor","organisations":["default"],"addressBlocks":["192.0.2.0/24"],"expiresInDays":3"#)
    let received = await world.send(
      "POST", "/v1/session", bearer: maker.text, json: #"{"days":30}"#, headers: Self.site)
    #expect(received.header("Set-Cookie")?.contains("Max-Age=\(3 * 86400);") == true)
    let text = try #require(received.header("Set-Cookie")?.split(separator: "=").dropFirst().first?.prefix(55))
    let listed = await world.send("GET", "/v1/tokens?limit=200", as: .admin)
    for part in [received, listed, await world.send("GET", "/v1/events", as: .admin)] {
      #expect(!part.text.contains("iccs_") && !part.text.contains(text.dropFirst(5)))
    }
    let session = received.json
    for (field, value) in [("role", "auditor"), ("organisation", "default")] {
      #expect(session[field]?.stringValue == value)
    }
    #expect(session["addressBlocks"] == ["192.0.2.0/24"])
    let device = try #require(listed.json["items"]?.arrayValue?.first { $0["id"] == session["tokenId"] })
    #expect(device["name"] == "t (signed-in browser)" && device["createdBy"]?.stringValue == maker.id)
    // It works in no other place than the cookie, and no other token works there.
    #expect(await world.send("GET", "/v1/session", bearer: String(text)).status == 401)
    #expect(await status(world, "__Host-icc-registry=" + maker.text) == 401)
  }

  @Test func `the cookie counts only in requests that no page of another origin can send`() async throws {
    let world = try await World()
    let cookie = try await signIn(world)
    let secret = String(cookie.drop { $0 != "=" }.dropFirst())
    let other = try await signIn(world, as: .viewer)
    for (name, headers, expected) in [
      ("the console", [:], 200), ("same origin", ["Sec-Fetch-Site": "same-origin"], 200),
      ("same site", ["Sec-Fetch-Site": "same-site"], 401), ("cross site", ["Sec-Fetch-Site": "cross-site"], 401),
      ("typed address", ["Sec-Fetch-Site": "none"], 401), ("unknown", ["Sec-Fetch-Site": "Same-Origin"], 401),
      ("no header", ["X-Console-Session": ""], 401), ("another value", ["X-Console-Session": "true"], 401),
      ("other cookies", ["Cookie": "a=b; \(cookie); __Host-icc-registry2=c"], 200),
      ("two cookies", ["Cookie": "\(cookie); \(other)"], 401),
      ("twice the same", ["Cookie": "\(cookie);\(cookie)"], 401),
      ("empty", ["Cookie": "__Host-icc-registry="], 401), ("cut", ["Cookie": String(cookie.dropLast())], 401),
      ("quoted", ["Cookie": "__Host-icc-registry=\"\(secret)\""], 401),
      ("without the prefix", ["Cookie": "icc-registry=" + secret], 401),
      ("of a base path", ["Cookie": "__Secure-icc-registry=" + secret], 401),
      ("an unknown token", ["Cookie": "__Host-icc-registry=" + TokenText.random(.cookie).text], 401),
      ("a wrong Authorization", ["Authorization": "Bearer nothing"], 401),
      ("another scheme", ["Authorization": "Basic Zm9vOmJhcg=="], 401),
    ] as [(String, [String: String], Int)] {
      let fields = Self.console.merging(["Cookie": cookie]) { $1 }.merging(headers) { $1 }.filter { !$0.value.isEmpty }
      let received = await world.send("GET", "/v1/session", headers: fields)
      #expect(received.status == expected, "\(name)")
      // What does not count changes nothing, so another site cannot sign the user out.
      if name == "no header" || name.contains("site") || name.contains("Authorization") {
        #expect(received.header("Set-Cookie") == nil, "\(name)")
      }
    }
    let both = await world.send(
      "GET", "/v1/session", as: .viewer, headers: Self.console.merging(["Cookie": cookie]) { $1 })
    #expect(both.json["role"] == "viewer")
  }

  @Test func `a page of another origin can neither write with the cookie nor sign the user out`() async throws {
    let world = try await World()
    let cookie = try await signIn(world)
    for headers in [["X-Console-Session": ""], ["Sec-Fetch-Site": "same-site"], ["Sec-Fetch-Site": "cross-site"]] {
      #expect(await call(world, "POST", "/v1/iccs", cookie, headers, json: World.icc).status == 401)
      #expect(await call(world, "DELETE", "/v1/session", cookie, headers).status == 401)
    }
    #expect(await call(world, "POST", "/v1/iccs", cookie, json: World.icc).status == 201)
  }

  @Test func `metrics, InfoSum's API and links take no cookie`() async throws {
    let world = try await World()
    let cookie = try await signIn(world, as: .admin)
    for path in ["/metrics", "/api/v2/imports/connector-configs", "/v1/hand-over"] {
      let headers = Self.console.merging(["Cookie": cookie]) { $1 }
      #expect(await world.send("GET", path, headers: headers).answer.rejection == "missing", "\(path)")
    }
  }

  @Test func `a cookie makes no token that works without it`() async throws {
    let world = try await World()
    let made = await world.send("POST", "/v1/session", as: .owner, json: "{}", headers: Self.site)
    let cookie = try #require(made.header("Set-Cookie")?.split(separator: ";").first.map(String.init))
    let read = await call(world, "GET", "/v1/session", cookie)
    #expect(made.json == read.json)
    #expect(await call(world, "POST", "/v1/session/rotate", cookie).status == 403)
    #expect(await call(world, "POST", "/v1/session", cookie, json: #"{"days":1}"#).status == 403)
    let permissions = await call(world, "GET", "/v1/session", cookie).json["permissions"]?.arrayValue ?? []
    #expect(!permissions.contains("session.rotate") && !permissions.contains("session.create"))
    #expect(permissions.contains("token.create"))
  }

  @Test func `signing out ends this browser only, and deletes its cookie`() async throws {
    let world = try await World()
    let (first, second) = (try await signIn(world), try await signIn(world))
    #expect(await call(world, "DELETE", "/v1/session?dryRun=true", first).header("Set-Cookie") == nil)
    let ended = await call(world, "DELETE", "/v1/session", first)
    #expect(ended.status == 204)
    #expect(
      ended.header("Set-Cookie") == "__Host-icc-registry=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure")
    let after = await call(world, "GET", "/v1/session", first)
    #expect(after.status == 401 && after.answer.rejection == "revoked")
    #expect(after.header("Set-Cookie") == ended.header("Set-Cookie"))
    #expect(await status(world, second) == 200)
    #expect(await world.send("GET", "/v1/session", as: .editor).status == 200)
  }

  @Test(arguments: [
    "DELETE /v1/tokens/ID", "DELETE /v1/tokens?createdBy=", "POST /v1/session/rotate", "DELETE /v1/session",
  ])
  func `the browsers of a token end with it`(_ request: String) async throws {
    let world = try await World()
    let owner = try await make(world, #""role":"owner","organisation":"default""#)
    let maker = await world.send("POST", "/v1/tokens", bearer: owner.text, json: #"{"name":"m","role":"editor"}"#).json
    let bearer = try #require(maker["token"]?.stringValue)
    let (first, second) = (try await signIn(world, bearer: bearer), try await signIn(world, bearer: bearer))
    let stranger = try await signIn(world)
    let parts = request.split(separator: " ").map(String.init)
    let id = maker["id"]?.stringValue ?? ""
    let path = parts[1].replacing("ID", with: id).replacing("createdBy=", with: "createdBy=" + owner.id)
    let received = await world.send(parts[0], path, bearer: parts[1].contains("tokens") ? owner.text : bearer)
    #expect(received.status < 300)
    if path.contains("createdBy") { #expect(received.json["revoked"] == 3) }
    for cookie in [first, second] { #expect(await status(world, cookie) == 401) }
    #expect(await status(world, stranger) == 200)
    let events = await world.send("GET", "/v1/events?limit=200", as: .admin).text
    #expect(events.split(separator: "token.revoked").count - 1 == 3)
  }

  @Test func `a browser spares itself and its token where all tokens are revoked`() async throws {
    let world = try await World()
    let cookie = try await signIn(world, as: .owner)
    let other = try await signIn(world, as: .viewer)
    #expect(await call(world, "DELETE", "/v1/tokens?organisation=default", cookie).status == 200)
    #expect(await status(world, cookie) == 200)
    #expect(await world.send("GET", "/v1/session", as: .owner).status == 200)
    #expect(await status(world, other) == 401)
  }

  @Test func `the end, the addresses and the organisation of a token hold for its browsers`() async throws {
    let world = try await World()
    #expect(await world.send("POST", "/v1/organisations", as: .admin, json: #"{"id":"other"}"#).status == 201)
    let maker = try await make(world, #""role":"viewer","organisation":"other","addressBlocks":["192.0.2.0/24"]"#)
    let cookie = try await signIn(world, bearer: maker.text, days: 1)
    let id = try await world.create()
    #expect(await call(world, "GET", "/v1/iccs/" + id, cookie).status == 404)
    #expect(await call(world, "POST", "/v1/iccs", cookie, json: World.icc).status == 403)
    #expect(await status(world, cookie, from: "203.0.113.1") == 401)
    world.time.advance(milliseconds: Self.day - 1)
    #expect(await status(world, cookie) == 200)
    world.time.advance(milliseconds: 1)
    let expired = await call(world, "GET", "/v1/session", cookie)
    #expect(expired.status == 401 && expired.answer.rejection == "expired")
    #expect(expired.header("Set-Cookie")?.contains("Max-Age=0;") == true)
  }

  @Test func `failed cookies count as failed tokens do`() async throws {
    let world = try await World { $0.failureLimit = RateLimit(burst: 3, perSecond: 1) }
    let cookie = try await signIn(world)
    let wrong = "__Host-icc-registry=" + TokenText.random(.cookie).text
    var statuses: [Int] = []
    for _ in 0..<4 { statuses.append(await status(world, wrong)) }
    #expect(statuses == [401, 401, 401, 429])
    #expect(await status(world, cookie) == 200)
  }

  @Test func `one token keeps ten browsers signed in`() async throws {
    let world = try await World()
    var cookies: [String] = []
    for _ in 0...TokenLifecycle.maxDevices {
      cookies.append(try await signIn(world))
      world.time.advance(milliseconds: 1000)
    }
    #expect(await status(world, cookies[0]) == 401)
    for cookie in cookies.dropFirst() { #expect(await status(world, cookie) == 200) }
  }

  @Test(
    arguments: [
      ("{}", 30, 201), (#"{"days":null}"#, 30, 201), (#"{"days":30}"#, 30, 201), (#"{"days":31}"#, 30, 422),
      (#"{"days":0}"#, 30, 422), (#"{"days":1.5}"#, 30, 422), (#"{"days":"7"}"#, 30, 422), (#"{"days":8}"#, 7, 422),
      (#"{"days":7}"#, 7, 201), ("{}", 3, 201), (#"{"days":1}"#, 0, 422), (#"{"days":7,"role":"admin"}"#, 30, 422),
    ] as [(String, Int64, Int)])
  func `the days are within the setting`(_ body: String, _ maximum: Int64, _ status: Int) async throws {
    let world = try await World { settings in settings.changeable.withLock { $0.maxSignInDays = maximum } }
    let received = await world.send("POST", "/v1/session", as: .editor, json: body, headers: Self.site)
    #expect(received.status == status)
    #expect((received.header("Set-Cookie") != nil) == (status == 201))
    #expect(await world.send("GET", "/v1/session", as: .editor).json["maxSignInDays"] == .number(maximum))
  }

  @Test func `a dry run makes no cookie and no token`() async throws {
    let world = try await World()
    let tried = await world.send("POST", "/v1/session?dryRun=true", as: .editor, json: "{}", headers: Self.site)
    #expect(tried.status == 201 && tried.header("Set-Cookie") == nil)
    let listed = await world.send("GET", "/v1/tokens?limit=200", as: .admin).json["items"]?.arrayValue
    #expect(listed?.count == Role.allCases.count)
  }
}
