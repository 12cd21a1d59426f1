import JSON
import Registry
import Testing

@testable import RegistryAPI

/// A role has one trust policy for all ICCs that use it.
@Suite struct RoleTests {
  static let role = "arn:aws:iam::111122223333:role/infosum-import"

  private func statements(_ json: JSONValue?) -> Int? { json?["Statement"]?.arrayValue?.count }

  @Test func `the trust policy has a statement for each live ICC on the role`() async throws {
    let world = try await World()
    let first = try await world.create()
    let alone = await world.send("GET", "/v1/iccs/\(first)/trust-policy", as: .viewer)
    #expect(statements(alone.json) == 1)
    let second = try await world.create(named: "Second")
    let gone = try await world.create(named: "Deleted")
    #expect(await world.send("DELETE", "/v1/iccs/" + gone, as: .admin).status == 204)
    let answers = [
      await world.send("GET", "/v1/iccs/\(first)/trust-policy", as: .viewer),
      await world.send("GET", "/v1/iccs/\(second)/trust-policy", as: .viewer),
    ]
    #expect(statements(answers[0].json) == 2)
    #expect(answers[0].body == answers[1].body && answers[0].header("ETag") == answers[1].header("ETag"))
    #expect(answers[0].header("ETag") != alone.header("ETag"))
    let single = await world.send("GET", "/v1/iccs/\(first)/trust-policy?single=true", as: .viewer)
    #expect(single.body == alone.body && single.header("ETag") == alone.header("ETag"))
    #expect(await world.send("GET", "/v1/iccs/\(first)/trust-policy?single=1", as: .viewer).status == 422)
    let tag = try #require(single.header("ETag"))
    let unchanged = await world.send(
      "GET", "/v1/iccs/\(first)/trust-policy?single=true", as: .viewer, headers: ["If-None-Match": tag])
    #expect(unchanged.status == 304)
    let own = await world.send("GET", "/v1/iccs/" + first, as: .viewer).json["trustPolicy"]
    #expect(own == alone.json)
  }

  @Test func `a role lists its ICCs and its trust policy with AWS's limit`() async throws {
    let world = try await World()
    let first = try await world.create()
    let second = try await world.create(named: "Second")
    let answer = await world.send("GET", "/v1/iccs/\(second)/role", as: .viewer)
    #expect(answer.status == 200 && answer.json["userArn"]?.stringValue == Self.role)
    #expect(answer.json["iccs"]?.arrayValue?.compactMap { $0["id"]?.stringValue } == [first, second])
    #expect(answer.json["iccs"]?[1]?["name"]?.stringValue == "Second")
    #expect(answer.json["iccs"]?[1]?["sessionName"]?.stringValue == "acme-import")
    #expect(answer.json["maximumCharacters"]?.numberValue?.int == 2048)
    let policy = try #require(answer.json["trustPolicy"])
    #expect(policy == (await world.send("GET", "/v1/iccs/\(first)/trust-policy", as: .viewer)).json)
    #expect(answer.json["trustPolicyCharacters"]?.numberValue?.int == policy.text().count)
    let draft = await world.send(
      "POST", "/v1/iccs", as: .admin,
      json: World.icc.replacing("\"\(Self.role)\"", with: "null").replacing("Acme", with: "D"))
    let id = try #require(draft.json["id"]?.stringValue)
    #expect(await world.send("GET", "/v1/iccs/\(id)/role", as: .viewer).status == 409)
  }

  @Test func `the documents of a role with very many ICCs contain the first of them`() async throws {
    let world = try await World()
    var ids: [String] = []
    for number in 0..<(MergedTrustPolicy.maxICCs + 5) { ids.append(try await world.create(named: "ICC \(number)")) }
    let path = "/v1/trust-policy?userArn=" + Self.role
    let merged = await world.send("GET", path, as: .viewer)
    #expect(merged.json["iccs"]?.arrayValue?.count == MergedTrustPolicy.maxICCs + 1)
    let codes = merged.json["warnings"]?.arrayValue?.compactMap { $0["code"]?.stringValue }
    #expect(codes == ["trust-policy.too-long", "trust-policy.incomplete"] && merged.json["fits"] == false)
    let last = try #require(ids.last)
    let own = try #require(await world.send("GET", "/v1/iccs/" + last, as: .viewer).json["externalId"]?.stringValue)
    for part in ["trust-policy", "role", "setup"] {
      let document = await world.send("GET", "/v1/iccs/\(last)/" + part, as: .viewer)
      #expect(document.status == 200 && document.text.contains(own), "\(part)")
    }
    #expect(await world.send("DELETE", "/v1/iccs/" + last, as: .admin).status == 204)
  }

  private func warning(_ answer: Received) -> JSONValue? {
    answer.json["warnings"]?.arrayValue?.first { $0["code"] == "user-arn.shared-with-your-iccs" }
  }

  @Test func `sharing a role is a warning that names the other ICCs`() async throws {
    let world = try await World()
    let first = await world.send("POST", "/v1/iccs", as: .editor, json: World.icc)
    #expect(first.status == 201 && warning(first) == nil)
    let second = await world.send("POST", "/v1/iccs", as: .editor, json: World.icc.replacing("Acme", with: "Second"))
    #expect(warning(second)?["detail"]?.stringValue?.contains("“Acme”") == true)
    let id = try #require(second.json["id"]?.stringValue)
    #expect(warning(await world.patch(id, #"{"prefix":"new/"}"#)) != nil)
    #expect(warning(await world.send("GET", "/v1/iccs/" + id, as: .editor)) == nil)
    let away = await world.patch(id, #"{"userArn":"arn:aws:iam::111122223333:role/alone"}"#)
    #expect(warning(away) == nil && away.json["trustPolicyChanged"]?.boolValue == false)
    let back = await world.patch(id, #"{"userArn":"\#(Self.role)"}"#)
    #expect(warning(back) != nil && back.json["trustPolicyChanged"]?.boolValue == true)
  }

  @Test func `another organisation's ICC on the role is not named`() async throws {
    let world = try await World()
    _ = await world.send("POST", "/v1/organisations", as: .admin, json: #"{"id":"other"}"#)
    let foreign = try await world.create(named: "Foreign", in: "other")
    let own = await world.send("POST", "/v1/iccs", as: .admin, json: World.icc)
    #expect(own.status == 201 && warning(own) == nil)
    let id = try #require(own.json["id"]?.stringValue)
    let role = await world.send("GET", "/v1/iccs/\(id)/role", as: .admin)
    #expect(role.status == 200 && !role.text.contains(foreign) && statements(role.json["trustPolicy"]) == 1)
  }
}
