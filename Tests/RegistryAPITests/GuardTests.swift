import HTTPWire
import JSON
import Registry
import Synchronization
import System
import Testing

@testable import RegistryAPI

/// The checks between a token and the data, at their limits.
@Suite struct GuardTests {
  /// The token is valid when the request arrives, but revoked before the write: nothing is written.
  @Test func `a change is not committed after its token was revoked`() async throws {
    let world = try await World()
    let made = await world.send(
      "POST", "/v1/tokens", as: .admin, json: #"{"name":"t","role":"editor","organisation":"default"}"#)
    let text = try #require(made.json["token"]?.stringValue)
    let token = TokenID(stored: try #require(made.json["id"]?.stringValue))
    let id = try await world.create()
    world.faults.beforeNextWrite { [store = world.store] in
      try? await store.write(dryRun: false) { try $0.revoke(token, at: World.start) }
    }
    #expect(await world.send("POST", "/v1/iccs/\(id)/disable", bearer: text).status == 401)
    #expect(await world.send("GET", "/v1/iccs/" + id, as: .viewer).json["enabled"]?.boolValue == true)
  }

  @Test func `a token expires exactly at its time`() {
    let end = Timestamp(milliseconds: 1000)
    let token = Token(
      id: TokenID(stored: "tok_0"), name: "t", role: .admin, createdAt: end, createdBy: .commandLine,
      expiresAt: end)
    #expect(token.isValid(at: Timestamp(milliseconds: 999)) && !token.isValid(at: end))
  }

  /// An address that was inactive for long has as many failures left as a new one.
  @Test func `unused events do not accumulate`() {
    let limit = RateLimit(burst: 3, perSecond: 10)
    let limiter = RateLimiter<String>()
    for day in [0, 10] as [Int64] {
      let now = Timestamp(milliseconds: day * 86_400_000)
      let waits = (0..<5).map { _ in limiter.note("192.0.2.1", limit, at: now) }
      #expect(waits == [nil, nil, nil, 1, 1])
    }
    // A tenth of a second allows one more failure; a clock that goes back allows none.
    let later = Timestamp(milliseconds: 10 * 86_400_000 + 100)
    #expect([later, later].map { limiter.note("192.0.2.1", limit, at: $0) } == [nil, 1])
    #expect(limiter.note("192.0.2.1", limit, at: Timestamp(milliseconds: 0)) == 1)
  }

  @Test func `the failures of an IPv6 network count together`() async throws {
    let world = try await World { $0.failureLimit = RateLimit(burst: 2, perSecond: 0) }
    let addresses = ["2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:2:ffff::3", "2001:db8:1:3::1"]
    var statuses: [Int] = []
    for address in addresses {
      statuses.append(await world.send("GET", "/v1/iccs", bearer: "guess", from: address).status)
    }
    #expect(statuses == [401, 401, 429, 401])
  }

  /// The limiter remembers the guessing address even if many others follow.
  @Test func `a guessing address is not displaced by many others`() {
    let limit = RateLimit(burst: 3, perSecond: 0)
    let limiter = RateLimiter<String>()
    let now = World.start
    for _ in 0..<4 { _ = limiter.note("guesses", limit, at: now) }
    for number in 0..<3 * RateLimiter<String>.capacity {
      _ = limiter.note("address \(number)", limit, at: now)
      #expect(limiter.count <= RateLimiter<String>.capacity)
    }
    #expect(limiter.note("guesses", limit, at: now) != nil)
  }

  @Test func `the tokens of an organisation share a limit that others do not feel`() async throws {
    let world = try await World {
      $0.changeable.withLock { $0.organisationLimit = RateLimit(burst: 4, perSecond: 2) }
    }
    for role in [Role.viewer, .editor, .viewer, .editor] {
      #expect(await world.send("GET", "/v1/iccs", as: role).status == 200)
    }
    let limited = await world.send("GET", "/v1/iccs", as: .viewer)
    #expect(limited.status == 429 && limited.json["code"]?.stringValue == "rate-limit.exceeded")
    #expect(limited.header("Retry-After") == "1" && limited.header("RateLimit") == "\"organisation\";r=0;t=1")
    #expect(limited.header("RateLimit-Policy") == "\"organisation\";q=4;w=2")
    for role in [Role.admin, .connector] { #expect(await world.send("GET", "/v1/iccs", as: role).status == 200) }
    world.time.advance(milliseconds: 500)
    #expect(await world.send("GET", "/v1/iccs", as: .editor).status == 200)
    #expect(await world.send("GET", "/v1/iccs", as: .editor).status == 429)
  }

  /// The last use is recorded to the minute, without a write for each request.
  @Test func `uses within a minute cause no write`() async throws {
    let world = try await World()
    for _ in 0..<50 {
      #expect(await world.send("GET", "/v1/iccs", as: .viewer).status == 200)
      world.time.advance(milliseconds: 1000)
    }
    // Uses are stored in the background.
    try await Task.sleep(for: .milliseconds(200))
    #expect(world.faults.writes == 0)
  }

  @Test(arguments: [
    ("If-Match", #""1""#, 200), ("If-Match", #""2""#, 412), ("If-Match", #"W/"1""#, 412), ("If-Match", "*", 200),
    ("If-Match", #""7", "1""#, 200), ("If-None-Match", #""1""#, 412), ("If-None-Match", #"W/"1""#, 412),
    ("If-None-Match", #""7""#, 200), ("If-None-Match", "*", 412), ("If-Match", "1", 400),
  ])
  func `a change is made only if its preconditions hold`(field: String, value: String, status: Int) async throws {
    let world = try await World()
    let id = try await world.create()
    #expect(await world.patch(id, #"{"prefix":"new/"}"#, headers: [field: value]).status == status)
    let version = await world.send("GET", "/v1/iccs/" + id, as: .viewer).json["version"]?.numberValue?.int
    #expect(version == (status == 200 ? 2 : 1))
  }

  /// Documents never combine organisations, even for an administrator: each would get the other's external ID.
  @Test func `no document mixes organisations`() async throws {
    let world = try await World()
    _ = await world.send("POST", "/v1/organisations", as: .admin, json: #"{"id":"other"}"#)
    let (own, theirs) = (try await world.create(), try await world.create(named: "Theirs alone", in: "other"))
    let secret = await world.send("GET", "/v1/iccs/\(theirs)/external-id", as: .admin).text.prefix(64)
    let role = "arn:aws:iam::111122223333:role/infosum-import"
    let mine = await world.send("GET", "/v1/iccs/\(own)/external-id", as: .admin).text.prefix(64)
    let policy = await world.send("GET", "/v1/iccs/\(own)/trust-policy", as: .admin).text
    let pasted = JSONValue.object([("trustPolicy", .string(policy.replacing(mine, with: secret)))]).text()
    for caller in [Role.admin, .editor] {
      for answer in [
        await world.send("GET", "/v1/trust-policy?userArn=" + role, as: caller),
        await world.send("GET", "/v1/iccs/\(own)/setup?format=cli", as: caller),
        await world.send("GET", "/v1/iccs/\(own)/setup", as: caller),
      ] {
        #expect(answer.status == 200 && !answer.text.contains(secret) && !answer.text.contains(theirs))
      }
      let checked = await world.send("POST", "/v1/iccs/\(own)/check", as: caller, json: pasted)
      #expect(checked.json["verdict"]?.stringValue == "blocked" && !checked.text.contains("Theirs alone"))
    }
  }

  @Test func `a flush deletes expired idempotency records`() async throws {
    let world = try await World()
    let key = ["Idempotency-Key": "k"]
    #expect(await world.send("POST", "/v1/iccs", as: .admin, json: World.icc, headers: key).status == 201)
    func isKept() async throws -> Bool {
      let session = await world.send("GET", "/v1/session", as: .admin).json
      let token = TokenID(stored: try #require(session["tokenId"]?.stringValue))
      return try world.store.read { try $0.idempotencyRecord(token: token, key: "k") } != nil
    }
    for (step, remains) in [(86_400_000, true), (1, false)] as [(Int64, Bool)] {
      world.time.advance(milliseconds: step)
      await world.api.flush()
      #expect(try await isKept() == remains)
    }
  }

  @Test func `an idempotency key expires after 24 hours`() async throws {
    let world = try await World()
    let send = { await world.send("POST", "/v1/iccs", as: .admin, json: World.icc, headers: ["Idempotency-Key": "k"]) }
    let first = await send()
    world.time.advance(milliseconds: 86_399_999)
    #expect(await send().body == first.body)
    world.time.advance(milliseconds: 1)
    #expect(await send().status == 409)
  }

  @Test func `a concurrent request with the same key must wait`() async throws {
    let world = try await World()
    let send = { @Sendable [weak world] in
      await world?.send("POST", "/v1/iccs", as: .admin, json: World.icc, headers: ["Idempotency-Key": "k"])
    }
    world.faults.beforeNextWrite {
      let twin = await send()
      #expect(twin?.status == 409 && twin?.header("Retry-After") == "1")
    }
    #expect(await send()?.status == 201)
    #expect(await send()?.header("Idempotency-Replayed") == "true")
  }

  @Test(arguments: [
    ("DELETE", ""), ("POST", "/disable"), ("POST", "/external-id/rotate"), ("POST", "/restore"),
  ])
  func `every step checks If-Match`(method: String, step: String) async throws {
    let world = try await World()
    let path = "/v1/iccs/" + (try await world.create())
    if step == "/restore" { #expect(await world.send("DELETE", path, as: .editor).status == 204) }
    let stale = await world.send(method, path + step, as: .editor, headers: ["If-Match": #""77""#])
    #expect(stale.status == 412)
    let version = step == "/restore" ? 2 : 1
    let current = await world.send(method, path + step, as: .editor, headers: ["If-Match": "\"\(version)\""])
    #expect(current.status == (method == "DELETE" ? 204 : 200))
  }

  @Test func `deleting an organisation revokes its tokens`() async throws {
    let world = try await World()
    _ = await world.send("POST", "/v1/organisations", as: .admin, json: #"{"id":"other"}"#)
    let made = await world.send(
      "POST", "/v1/tokens", as: .admin, json: #"{"name":"t","role":"viewer","organisation":"other"}"#)
    let text = try #require(made.json["token"]?.stringValue)
    #expect(await world.send("GET", "/v1/iccs", bearer: text).status == 200)
    #expect(await world.send("DELETE", "/v1/organisations/other", as: .admin).status == 204)
    #expect(await world.send("GET", "/v1/iccs", bearer: text).status == 401)
  }
}
