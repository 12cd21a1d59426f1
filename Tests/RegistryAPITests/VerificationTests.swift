import JSON
import Registry
import System
import Testing
import Text

@testable import RegistryAPI

/// A verifier with scripted results.
final class ScriptedVerifier: ConnectionVerifier {
  private let state = Locked<(failing: [VerificationCheck.Name], rejection: VerificationRejection?)>(([], nil))
  /// Runs while a verification is in progress.
  let meanwhile: Locked<(@Sendable () async -> Void)?> = Locked(nil)

  func fail(_ names: [VerificationCheck.Name]) { state.withLock { $0.failing = names } }
  func refuse(_ rejection: VerificationRejection?) { state.withLock { $0.rejection = rejection } }

  func verify(_ icc: ICC, trace: TraceContext?) async throws(VerificationRejection) -> Verification {
    if let rejection = state.withLock({ $0.rejection }) { throw rejection }
    await meanwhile.withLock { $0 }?()
    let failing = state.withLock { $0.failing }
    return Verification(
      iccVersion: icc.version, startedAt: World.start, durationMilliseconds: 12, retryAfterSeconds: nil,
      checks: VerificationCheck.Name.allCases.map {
        VerificationCheck($0, failing.contains($0) ? .failed : .passed, durationMilliseconds: 1, detail: "seen")
      })
  }

  func progress(of icc: ICCID) -> VerificationProgress? {
    var progress = VerificationProgress(iccVersion: 1, startedAt: World.start)
    progress.note(VerificationCheck(.connectorRoleAssumable, .passed, detail: "seen"))
    return progress
  }
}

@Suite struct VerificationTests {
  private let verifier = ScriptedVerifier()

  private func world() async throws -> World {
    try await World { [verifier] in $0.verifier = verifier }
  }

  @Test func `a verdict is returned, stored and becomes the status`() async throws {
    let world = try await world()
    let id = try await world.create()
    for (failing, verdict) in [
      ([], "verified"), ([.externalIDRequired, .bucketListable], "insecure"), ([.bucketListable], "failing"),
    ] as [([VerificationCheck.Name], String)] {
      verifier.fail(failing)
      let before = await world.send("GET", "/v1/iccs/" + id, as: .editor).json
      let answer = await world.send("POST", "/v1/iccs/\(id)/verify", as: .editor)
      #expect(answer.status == 200)
      #expect(answer.json["verdict"]?.stringValue == verdict)
      #expect(answer.json["iccVersion"] == before["version"])
      #expect(
        answer.json["checks"]?.arrayValue?.compactMap { $0["name"]?.stringValue }
          == VerificationCheck.Name.allCases.map(\.rawValue))
      let after = await world.send("GET", "/v1/iccs/" + id, as: .viewer)
      #expect(after.json["status"]?.stringValue == verdict)
      #expect(after.json["lastVerification"] == answer.json)
      #expect(after.json["updatedAt"] == before["updatedAt"])
      #expect(after.header("ETag") == answer.header("ETag"))
      #expect(after.json["version"]?.numberValue?.int == (before["version"]?.numberValue?.int ?? 0) + 1)
    }
    let history = await world.send("GET", "/v1/iccs/\(id)/verifications?limit=2", as: .viewer).json
    #expect(history["items"]?.arrayValue?.compactMap { $0["verdict"]?.stringValue } == ["failing", "insecure"])
    #expect(history["inProgress"]?["checks"]?.arrayValue?.count == 1)
    let cursor = try #require(history["nextCursor"]?.stringValue)
    let rest = await world.send("GET", "/v1/iccs/\(id)/verifications?limit=2&cursor=\(cursor)", as: .viewer).json
    #expect(rest["items"]?.arrayValue?.compactMap { $0["verdict"]?.stringValue } == ["verified"])
    #expect(rest["nextCursor"] == .null)
    let events = await world.send("GET", "/v1/iccs/\(id)/events", as: .viewer).json["items"]?.arrayValue ?? []
    #expect(events.last?["type"]?.stringValue == "icc.verified")
    #expect(events.last?["changes"]?["status"]?["after"]?.stringValue == "failing")
    #expect(events.last?["changes"]?["lastVerification"]?["after"]?["failed"] == ["bucket-listable"])
  }

  @Test func `a change made during a verification is not marked as verified`() async throws {
    let world = try await world()
    let id = try await world.create()
    verifier.meanwhile.withLock { $0 = { _ = await world.patch(id, #"{"prefix":"other/"}"#) } }
    let answer = await world.send("POST", "/v1/iccs/\(id)/verify", as: .admin)
    #expect(answer.json["verdict"]?.stringValue == "verified")
    #expect(answer.json["iccVersion"] == 1)
    let icc = await world.send("GET", "/v1/iccs/" + id, as: .admin).json
    #expect(icc["status"]?.stringValue == "unverified")
    #expect(icc["version"] == 3)
    verifier.meanwhile.withLock { $0 = { _ = await world.patch(id, #"{"name":"Renamed"}"#) } }
    _ = await world.send("POST", "/v1/iccs/\(id)/verify", as: .admin)
    #expect(await world.send("GET", "/v1/iccs/" + id, as: .admin).json["status"]?.stringValue == "verified")
    verifier.meanwhile.withLock { $0 = { _ = await world.send("DELETE", "/v1/iccs/" + id, as: .admin) } }
    #expect(await world.send("POST", "/v1/iccs/\(id)/verify", as: .admin).status == 404)
  }

  @Test func `a change of the connection resets the status and keeps the history`() async throws {
    let world = try await world()
    let id = try await world.create()
    _ = await world.send("POST", "/v1/iccs/\(id)/verify", as: .admin)
    let changed = await world.patch(id, #"{"bucketName":"acme-other"}"#).json
    #expect(changed["status"]?.stringValue == "unverified")
    #expect(changed["lastVerification"]?["iccVersion"] == 1)
  }

  @Test(arguments: [
    (VerificationRejection.inProgress, 409, "verification.in-progress"),
    (.queueFull, 429, "verification.queue-full"), (.tooSoon(retryAfterSeconds: 4), 429, "verification.too-soon"),
    (.stopping, 503, "unavailable"),
    (.notConfigured, 409, "verification.not-configured"),
  ]) func `a verification that does not start changes nothing`(
    rejection: VerificationRejection, status: Int, code: String
  ) async throws {
    let world = try await world()
    let id = try await world.create()
    verifier.refuse(rejection)
    let answer = await world.send("POST", "/v1/iccs/\(id)/verify", as: .admin)
    #expect(answer.status == status)
    #expect(answer.json["code"]?.stringValue == code)
    #expect((answer.header("Retry-After") != nil) == (rejection != .notConfigured))
    let icc = await world.send("GET", "/v1/iccs/" + id, as: .admin).json
    #expect(icc["version"] == 1 && icc["lastVerification"] == .null)
  }

  @Test func `an ICC that cannot be verified is rejected`() async throws {
    let world = try await world()
    let draft = await world.send(
      "POST", "/v1/iccs", as: .admin,
      json: #"{"name":"d","connectorType":"s3-cross-account","sessionName":"dd","bucketName":"ddd"}"#
    ).json["id"]?.stringValue
    let refused = await world.send("POST", "/v1/iccs/\(draft ?? "")/verify", as: .admin)
    #expect(refused.status == 409 && refused.json["code"]?.stringValue == "icc.is-draft")
    let id = try await world.create()
    let stale = await world.send("POST", "/v1/iccs/\(id)/verify", as: .admin, headers: ["If-Match": "\"7\""])
    #expect(stale.status == 412)
    #expect(await world.send("POST", "/v1/iccs/\(id)/verify", as: .viewer).status == 403)
    let unconfigured = try await World()
    let other = try await unconfigured.create()
    let answer = await unconfigured.send("POST", "/v1/iccs/\(other)/verify", as: .admin)
    #expect(answer.status == 409 && answer.json["code"]?.stringValue == "verification.not-configured")
    #expect(await unconfigured.send("GET", "/v1/iccs/\(other)/verifications", as: .admin).json["inProgress"] == .null)
  }

  @Test func `the last 100 verifications are stored`() async throws {
    let world = try await world()
    let id = try await world.create()
    for _ in 0..<103 { _ = await world.send("POST", "/v1/iccs/\(id)/verify", as: .admin) }
    let kept = await world.send("GET", "/v1/iccs/\(id)/verifications?limit=200", as: .admin).json["items"]?.arrayValue
    #expect(kept?.count == ICCLifecycle.verificationsKept)
    #expect(kept?.last?["iccVersion"] == 4)
  }
}
