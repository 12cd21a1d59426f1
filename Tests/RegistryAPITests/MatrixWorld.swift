import JSON
import Registry

@testable import RegistryAPI

/// A world with three organisations, each with an ICC and a token, and a caller of each kind.
struct MatrixWorld {
  /// A token and what it is limited to.
  struct Caller: CustomStringConvertible {
    let role: Role
    let organisations: [String]
    let id: String
    let text: String

    var description: String { ([role.rawValue] + organisations).joined(separator: " ") }
    /// True if the ICCs of the organisation are in its scope.
    func sees(_ organisation: String) -> Bool {
      role != .monitor && (organisations.isEmpty || organisations.contains(organisation))
    }
    var isLimited: Bool { !organisations.isEmpty }
  }

  static let organisations = ["acme", "globex", "initech"]
  static let kinds: [(Role, [String])] = [
    (.admin, []), (.owner, ["acme"]), (.editor, ["acme"]), (.viewer, ["acme"]), (.auditor, []), (.auditor, ["acme"]),
    (.auditor, ["acme", "globex"]), (.connector, []), (.connector, ["acme"]), (.connector, ["acme", "globex"]),
    (.monitor, []), (.owner, ["globex"]), (.editor, ["globex"]), (.viewer, ["initech"]),
  ]

  let world: World
  private(set) var callers: [Caller] = []
  /// The ICC of each organisation.
  private(set) var iccs: [String: String] = [:]
  /// A link of each ICC, by the ICC's identifier.
  private(set) var handOvers: [String: String] = [:]
  /// A viewer's token of each organisation.
  private(set) var tokens: [String: Caller] = [:]

  init() async throws {
    world = try await World { $0.failureLimit.burst = 100_000 }
    for name in Self.organisations {
      _ = await world.send("POST", "/v1/organisations", as: .admin, json: #"{"id":"\#(name)"}"#)
      let body = """
        {"organisation":"\(name)","name":"\(name)","connectorType":"s3-cross-account","sessionName":"\(name)-import",\
        "userArn":"arn:aws:iam::111122223333:role/\(name)","bucketName":"\(name)-data",\
        "kmsKeyArn":"arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}
        """
      iccs[name] = await world.send("POST", "/v1/iccs", as: .admin, json: body).json["id"]?.stringValue
      tokens[name] = await make(.viewer, [name])
      let icc = iccs[name] ?? ""
      let link = await world.send("POST", "/v1/iccs/\(icc)/hand-over", as: .admin, json: "{}")
      handOvers[icc] = link.json["id"]?.stringValue
    }
    for (role, organisations) in Self.kinds { callers.append(await make(role, organisations)) }
  }

  /// Makes a token with the administrator's.
  func make(_ role: Role, _ organisations: [String]) async -> Caller {
    let names = organisations.map { #""\#($0)""# }.joined(separator: ",")
    let made = await world.send(
      "POST", "/v1/tokens", as: .admin,
      json: #"{"name":"\#(role.rawValue)","role":"\#(role.rawValue)","organisations":[\#(names)]}"#)
    return Caller(
      role: role, organisations: organisations, id: made.json["id"]?.stringValue ?? "",
      text: made.json["token"]?.stringValue ?? made.text)
  }
}
