import HTTPWire
import JSON
import Registry
import RegistryAPI
import RegistryStorage
import System

/// An API over a real database of its own, with a token of each role.
final class World: Sendable {
  static let icc = """
    {"name":"Acme","connectorType":"s3-cross-account","userArn":"arn:aws:iam::111122223333:role/infosum-import",\
    "sessionName":"acme-import","bucketName":"acme-data","prefix":"exports/"}
    """
  static let start = Timestamp(milliseconds: 1_800_000_000_000)

  let api: RegistryAPI
  let store: any DatabaseStore
  /// The store that the API uses.
  let faults: FaultyStore
  private let tokens: [Role: String]
  private let database: WorldDatabase

  init(_ adjust: (inout APISettings) -> Void = { _ in }) async throws {
    database = try WorldDatabase.make(at: Self.start)
    store = database.store
    let identifiers = IdentifierSource()
    let texts = Role.allCases.map { ($0, TokenText.random()) }
    tokens = Dictionary(uniqueKeysWithValues: texts.map { ($0, $1.text) })
    try await store.write(dryRun: false) { writer in
      for (role, text) in texts {
        let new = NewToken(
          name: role.rawValue, role: role, organisations: role.reach == .one ? [.default] : [],
          expiresAt: TokenLifetime.end(afterDays: 3650, from: Self.start))
        _ = try TokenLifecycle.create(
          new, id: identifiers.next(TokenKind.self, at: Self.start), mark: .init(of: text), maker: nil, TokenLifetime(),
          ChangeContext.commandLine(now: Self.start), in: writer)
      }
    }
    let time = Time()
    var settings = APISettings { time.now }
    adjust(&settings)
    self.time = time
    faults = FaultyStore(store)
    api = try RegistryAPI(store: faults, identifiers: identifiers, settings: settings)
  }

  let time: Time

  /// The clock of a world, which only moves on request.
  final class Time: Sendable {
    private let value = Locked(World.start)
    var now: Timestamp { value.withLock { $0 } }
    func advance(milliseconds: Int64) { value.withLock { $0 = $0.adding(milliseconds: milliseconds) } }
  }

  deinit {
    store.close()
    database.remove()
  }

  func token(_ role: Role) -> String { tokens[role] ?? "" }

  func send(
    _ method: String, _ target: String, as role: Role? = nil, bearer: String? = nil, json: String? = nil,
    headers: [String: String] = [:], from peer: String = "192.0.2.1"
  ) async -> Received {
    var fields = HTTPHeaders(headers.map { HTTPHeaders.Field($0.key, $0.value) })
    if let text = bearer ?? role.map(token) { fields.append("Authorization", "Bearer " + text) }
    if json != nil, headers["Content-Type"] == nil { fields.append("Content-Type", "application/json") }
    let request = HTTPRequest(
      method: HTTPMethod(name: method), target: Self.target(target), headers: fields, body: Array((json ?? "").utf8))
    return Received(await api.respond(to: request, from: peer).value)
  }

  /// Begins the response to an administrator's GET.
  func respond(_ target: String) -> Eventual<HandledRequest> {
    let fields = HTTPHeaders([HTTPHeaders.Field("Authorization", "Bearer " + token(.admin))])
    let request = HTTPRequest(method: .get, target: Self.target(target), headers: fields, body: [])
    return api.respond(to: request, from: "192.0.2.1")
  }

  func patch(_ id: String, _ json: String, headers: [String: String] = [:]) async -> Received {
    var headers = headers
    headers["Content-Type"] = "application/merge-patch+json"
    return await send("PATCH", "/v1/iccs/" + id, as: .admin, json: json, headers: headers)
  }

  /// Creates an ICC and returns its identifier.
  func create(named name: String = "Acme", in organisation: String = "default") async throws -> String {
    let body = Self.icc.replacing(#""Acme","#, with: #""\#(name)","organisation":"\#(organisation)","#)
    return await send("POST", "/v1/iccs", as: .admin, json: body).json["id"]?.stringValue ?? ""
  }

  private static func target(_ text: String) -> HTTPTarget {
    let parts = text.split(separator: "?", maxSplits: 1)
    let segments = parts[0].dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    return HTTPTarget(
      text: text, segments: text == "*" ? [] : segments, query: parts.count == 2 ? String(parts[1]) : nil)
  }
}

/// A response.
struct Received {
  let answer: HandledRequest

  init(_ answer: HandledRequest) {
    self.answer = answer
  }

  var status: Int { answer.response.status.code }
  var body: [UInt8] { answer.response.body }
  var text: String { String(decoding: body, as: UTF8.self) }
  var textWithoutRequestID: String { text.replacing(answer.identity.id, with: "") }
  var json: JSONValue { (try? JSONValue(parsing: body)) ?? .null }
  func header(_ name: String) -> String? { answer.response.headers.first(name) }
}
