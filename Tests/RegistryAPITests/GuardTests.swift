import HTTPWire
import JSON
import Registry
import RegistrySQLite
import Synchronization
import Testing

@testable import RegistryAPI

/// What stands between a token and what it may touch, at the edges.
@Suite struct GuardTests {
  /// The token is good when the request comes and revoked before its turn to write: nothing is written.
  @Test func aChangeIsNeverCommittedBehindARevocation() async throws {
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

  @Test func aTokenEndsAtItsMoment() {
    let end = Timestamp(milliseconds: 1000)
    let token = Token(
      id: TokenID(stored: "tok_0"), name: "t", role: .admin, organisation: nil, createdAt: end, createdBy: .commandLine,
      expiresAt: end)
    #expect(token.isValid(at: Timestamp(milliseconds: 999)) && !token.isValid(at: end))
  }

  /// An address that was silent for long has no more failures free than one that is new.
  @Test func failuresAreNotSavedUp() {
    var limits = FailureLimits()
    (limits.burst, limits.perSecond) = (3, 10)
    let limiter = FailureLimiter(limits)
    for day in [0, 10] as [Int64] {
      let now = Timestamp(milliseconds: day * 86_400_000)
      let waits = (0..<5).map { _ in limiter.note("192.0.2.1", at: now) }
      #expect(waits == [nil, nil, nil, 1, 1])
    }
    // A tenth of a second is one failure more; a clock that goes back gives none.
    let later = Timestamp(milliseconds: 10 * 86_400_000 + 100)
    #expect([later, later].map { limiter.note("192.0.2.1", at: $0) } == [nil, 1])
    #expect(limiter.note("192.0.2.1", at: Timestamp(milliseconds: 0)) == 1)
  }

  /// Many addresses do not make the limiter forget the one that guesses.
  @Test func theOneThatGuessesIsRememberedLongest() {
    var limits = FailureLimits()
    (limits.burst, limits.perSecond) = (3, 0)
    let limiter = FailureLimiter(limits)
    let now = World.start
    for _ in 0..<4 { _ = limiter.note("guesses", at: now) }
    for number in 0..<3 * FailureLimiter.capacity {
      _ = limiter.note("address \(number)", at: now)
      #expect(limiter.count <= FailureLimiter.capacity)
    }
    #expect(limiter.note("guesses", at: now) != nil)
  }

  /// The last use is kept to the minute, without a write for each request.
  @Test func usesWithinAMinuteAreNoWrites() async throws {
    let world = try await World()
    for _ in 0..<50 {
      #expect(await world.send("GET", "/v1/iccs", as: .viewer).status == 200)
      world.time.advance(milliseconds: 1000)
    }
    // Uses are written down behind the answers' backs.
    try await Task.sleep(for: .milliseconds(200))
    #expect(world.faults.writes == 0)
  }

  @Test(arguments: [
    ("If-Match", #""1""#, 200), ("If-Match", #""2""#, 412), ("If-Match", #"W/"1""#, 412), ("If-Match", "*", 200),
    ("If-Match", #""7", "1""#, 200), ("If-None-Match", #""1""#, 412), ("If-None-Match", #"W/"1""#, 412),
    ("If-None-Match", #""7""#, 200), ("If-None-Match", "*", 412), ("If-Match", "1", 400),
  ])
  func aChangeHonoursItsConditions(field: String, value: String, status: Int) async throws {
    let world = try await World()
    let id = try await world.create()
    #expect(await world.patch(id, #"{"prefix":"new/"}"#, headers: [field: value]).status == status)
    let version = await world.send("GET", "/v1/iccs/" + id, as: .viewer).json["version"]?.numberValue?.int
    #expect(version == (status == 200 ? 2 : 1))
  }

  /// Roles of different organisations are never merged, not even for an administrator: each would get the other's external ID.
  @Test func noDocumentMixesOrganisations() async throws {
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

  @Test func anOldAnswerIsForgottenWithTheFlush() async throws {
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

  @Test func aKeyIsHonouredForADayAndNoLonger() async throws {
    let world = try await World()
    let send = { await world.send("POST", "/v1/iccs", as: .admin, json: World.icc, headers: ["Idempotency-Key": "k"]) }
    let first = await send()
    world.time.advance(milliseconds: 86_399_999)
    #expect(await send().body == first.body)
    world.time.advance(milliseconds: 1)
    #expect(await send().status == 409)
  }

  @Test func aTwinIsToldToWait() async throws {
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
  func everyStepHonoursIfMatch(method: String, step: String) async throws {
    let world = try await World()
    let path = "/v1/iccs/" + (try await world.create())
    if step == "/restore" { #expect(await world.send("DELETE", path, as: .editor).status == 204) }
    let stale = await world.send(method, path + step, as: .editor, headers: ["If-Match": #""77""#])
    #expect(stale.status == 412)
    let version = step == "/restore" ? 2 : 1
    let current = await world.send(method, path + step, as: .editor, headers: ["If-Match": "\"\(version)\""])
    #expect(current.status == (method == "DELETE" ? 204 : 200))
  }

  @Test func theTokensOfADeletedOrganisationEndWithIt() async throws {
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
