import Registry
import System

/// The subcommand `token create`.
enum TokenCreate: Subcommand {
  static let name = "token create"
  static let summary = "Creates a token and prints it on standard output."
  static let description = """
    Creates a bearer token and prints it, alone, on standard output. It is not shown again: the database keeps only its SHA-256. \
    A running server accepts the token at once.
    """
  static let options = [
    Option(
      name: "role", value: Role.allCases.map(\.rawValue).joined(separator: "|"),
      meaning:
        "admin (everything), owner (one organisation's ICCs and tokens), editor or viewer (one organisation's ICCs), "
        + "auditor (reads everything), connector (reads ICCs and the change feed), monitor (reads the metrics).",
      isRequired: true),
    Option(name: "name", value: "TEXT", meaning: "The purpose of the token, 1 to 128 characters.", isRequired: true),
    Option(
      name: "organisation", value: "ID,…",
      meaning:
        "The organisation of an owner, editor or viewer; the default is \"default\". For an auditor or connector: "
        + "one or more, comma-separated; the default is all."),
    Option(
      name: "addresses", value: AddressList.form,
      meaning: "The IP addresses or blocks, such as 10.0.0.0/8, that the token can be used from, comma-separated. The "
        + "default is all."),
    Option(
      name: "expires-in", value: "DAYS",
      meaning:
        "The number of days until it expires, 1 to the setting maxTokenDays. The default is the setting defaultTokenDays."
    ),
  ]
  static let settings = Setting.all.filter { ["database", "defaultTokenDays", "maxTokenDays"].contains($0.name) }

  static func run(_ arguments: Arguments, _ settings: Settings, _ output: any CommandOutput) throws(CommandFailure) {
    _ = try arguments.operands()
    let new = NewToken(
      name: try name(arguments), role: try role(arguments), organisations: try organisations(arguments),
      addressBlocks: try addressBlocks(arguments), expiresAt: try expiry(arguments, settings.tokenLifetime))
    let text = try OpenedStore.with(settings) { try TokenMaker.create(new, settings.tokenLifetime, in: $0) }
    try output.writeLine(text)
  }

  private static func role(_ arguments: Arguments) throws(CommandFailure) -> Role {
    let text = try arguments.required("role")
    guard let role = Role(rawValue: text) else {
      throw .usage(
        "--role must be one of \(Role.allCases.map(\.rawValue).joined(separator: ", ")), but is \(quoted(text))")
    }
    return role
  }

  private static func name(_ arguments: Arguments) throws(CommandFailure) -> String {
    let text = try arguments.required("name")
    do {
      return try ICCName(validating: text).text
    } catch {
      throw .usage("--name: " + error.diagnostics.map(\.detail).joined(separator: " "))
    }
  }

  private static func organisations(_ arguments: Arguments) throws(CommandFailure) -> [OrganisationID] {
    let role = try role(arguments)
    guard let text = arguments["organisation"] else { return role.reach == .one ? [.default] : [] }
    var found: [OrganisationID] = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let id = OrganisationID(String(name)) else {
        throw .usage("--organisation must be 1 to 63 of a-z, 0-9 and -, but is \(quoted(String(name)))")
      }
      found.append(id)
    }
    switch role.reach {
    case .all, .none: throw .usage("--organisation: a token of the role \(role.rawValue) belongs to no organisation")
    case .one where found.count > 1:
      throw .usage("--organisation: a token of the role \(role.rawValue) belongs to one organisation only")
    case .one, .allOrSome: return found
    }
  }

  private static func addressBlocks(_ arguments: Arguments) throws(CommandFailure) -> [AddressBlock] {
    do throws(SettingError) {
      return try arguments["addresses"].map { text throws(SettingError) in try AddressList(text: text).blocks } ?? []
    } catch {
      throw .usage("--addresses \(error.requirement)")
    }
  }

  private static func expiry(
    _ arguments: Arguments, _ lifetime: TokenLifetime
  ) throws(CommandFailure) -> Timestamp {
    guard let text = arguments["expires-in"] else { return lifetime.defaultEnd(maker: nil, from: .now) }
    guard let days = Int64(text), (1...lifetime.maxDays).contains(days) else {
      throw .usage(
        "--expires-in must be a number of days from 1 to \(lifetime.maxDays) (setting maxTokenDays), but is "
          + quoted(text))
    }
    return TokenLifetime.end(afterDays: days, from: .now)
  }
}
