import HTTPWire
import JSON
import Registry
import RegistryAPI
import Testing
import Text

/// A verifier of one role, which lets in all ICCs that are not held, or none.
private struct RoleVerifier: ConnectionVerifier {
  let letsIn: Bool

  func verify(_ icc: ICC, trace: TraceContext?) async throws(VerificationRejection) -> Verification {
    let passes = letsIn && !icc.isHeld
    return Verification(
      iccVersion: icc.version, startedAt: World.start, durationMilliseconds: 12, retryAfterSeconds: nil,
      checks: VerificationCheck.Name.allCases.map { name in
        VerificationCheck(name, name == .roleAssumable && !passes ? .failed : .passed, detail: "seen")
      })
  }

  func progress(of icc: ICCID) -> VerificationProgress? { nil }
}

/// A tenant sees the same bytes whatever happens in other organisations.
@Suite struct NeighbourTests {
  /// The requests of the tenant: creates that share a role with the neighbour and that do not, the
  /// changes that look for shared roles, lists by page, histories, and errors.
  private func transcript(_ world: World, _ neighbour: (Int) async throws -> Void) async throws -> [String] {
    var lines: [String] = []
    var ids: [String] = []
    func send(_ method: String, _ target: String, _ json: String? = nil, as role: Role = .editor) async -> Received {
      let headers = method == "PATCH" ? ["Content-Type": "application/merge-patch+json", "If-Match": "*"] : [:]
      let received = await world.send(method, target, as: role, json: json, headers: headers)
      let names = ["ETag", "Location", "Content-Type", "Cache-Control", "Retry-After"]
      let fields = names.map { "\($0): \(received.header($0) ?? "-")" }.joined(separator: "\n")
      lines.append("\(method) \(received.status)\n\(fields)\n\(received.textWithoutRequestID)")
      return received
    }
    for number in 0..<4 {
      try await neighbour(number)
      let body = World.icc.replacing(#""Acme""#, with: #""Acme \#(number)""#)
      ids.append(await send("POST", "/v1/iccs", body).json["id"]?.stringValue ?? "")
      let path = "/v1/iccs/\(ids[number])"
      _ = await send("PATCH", path, #"{"userArn":"arn:aws:iam::111122223333:role/own"}"#)
      _ = await send("PATCH", path, #"{"userArn":"arn:aws:iam::111122223333:role/infosum-import"}"#)
      try await neighbour(number + 10)
      _ = await send("POST", path + "/verify")
      for target in ["/v1/iccs?usable=true", "/v1/iccs?usable=false"] { _ = await send("GET", target) }
      for target in [path, path + "/events", path + "/events?limit=1", path + "/verifications", path + "/trust-policy"]
      {
        _ = await send("GET", target)
      }
    }
    _ = await send("DELETE", "/v1/iccs/\(ids[0])")
    _ = await send("POST", "/v1/iccs/\(ids[0])/restore")
    _ = await send("GET", "/v1/iccs/\(ids[0])/events", as: .viewer)
    var page: String? = ""
    while let cursor = page {
      let received = await send("GET", "/v1/iccs?limit=1" + cursor)
      page = received.json["nextCursor"]?.stringValue.map { "&cursor=" + $0 }
    }
    return Self.normalised(lines)
  }

  /// The texts with each random value replaced by the order of its first appearance. The cursors of
  /// two databases differ by their key, the tags of policies by the external ID.
  private static func normalised(_ lines: [String]) -> [String] {
    var names: [Substring: String] = [:]
    return lines.map { line in
      line.replacing(
        /req-[0-9a-f]{32}|[a-z]+_[0-9a-z]{26}|\b[0-9a-f]{64}\b|"[ine][0-9a-f]{32}"|"[A-Za-z0-9_-]{16}"/
      ) { match in
        if let name = names[match.0] { return name }
        names[match.0] = "<\(names.count)>"
        return names[match.0] ?? ""
      }
    }
  }

  @Test func `a tenant sees the same bytes with and without a neighbour that shares its role`() async throws {
    // Alone, the role does not let InfoSum in. With the neighbour it does, but the ICC is held.
    let alone = try await transcript(try await World { $0.verifier = RoleVerifier(letsIn: false) }) { _ in }
    let world = try await World { $0.verifier = RoleVerifier(letsIn: true) }
    _ = await world.send("POST", "/v1/organisations", as: .admin, json: #"{"id":"other"}"#)
    let together = try await transcript(world) { number in
      let id = try await world.create(named: "Neighbour \(number)", in: "other")
      _ = await world.patch(id, #"{"prefix":"moved/"}"#)
    }
    #expect(alone.count == together.count)
    for (one, other) in zip(alone, together) { #expect(one == other) }
    let all = await world.send("GET", "/v1/events?limit=200", as: .admin).text
    #expect(all.contains("user-arn.shared"))
    let alarms = await world.send("GET", "/v1/alarms?limit=200", as: .admin).json["items"]?.arrayValue ?? []
    #expect(alarms.count { $0["held"] == true && $0["icc"]?["organisation"] == "default" } == 4)
  }

  @Test func `a cursor does not grow with the rows of others`() async throws {
    let world = try await World()
    for number in 0..<40 { _ = try await world.create(named: "ICC \(number)") }
    let first = await world.send("GET", "/v1/iccs?limit=1", as: .viewer).json["nextCursor"]?.stringValue ?? ""
    let second = await world.send("GET", "/v1/iccs?limit=2", as: .viewer).json["nextCursor"]?.stringValue ?? ""
    #expect(first.count == 33 && first.prefix(8) != second.prefix(8) && first.suffix(8) != second.suffix(8))
    #expect(await world.send("GET", "/v1/iccs?cursor=\(first)", as: .viewer).status == 200)
    #expect(await world.send("GET", "/v1/iccs?cursor=\(first)", as: .admin).status == 422)
  }
}
