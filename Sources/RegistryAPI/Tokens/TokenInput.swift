import JSON
import Registry
import Text

/// Reads the fields of a new token from a request body.
struct TokenInput {
  let lifetime: TokenLifetime
  /// The caller's token.
  let maker: Token
  let now: Timestamp

  func new(_ input: inout InputReader) throws(Problem) -> NewToken {
    let name = input.value("name", required: true, ICCName.init(validating:))
    let role = role(&input)
    let organisation = input.text("organisation").flatMap {
      OrganisationInput.identifier($0, at: .pointer("/organisation"), &input)
    }
    let isNamed = input.errors.listed.contains { $0.code.hasPrefix("organisation.") }
    let expiresAt = expiry(&input)
    if let role, !isNamed {
      let draft = NewToken(name: "", role: role, organisation: organisation, expiresAt: expiresAt)
      for error in TokenLifecycle.errors(of: draft, maker: maker, lifetime, at: now) {
        input.report(RequestError(error))
      }
    }
    try input.finish()
    guard let name, let role else { throw Problem(.validationFailed) }
    return NewToken(name: name.text, role: role, organisation: organisation, expiresAt: expiresAt)
  }

  private func role(_ input: inout InputReader) -> Role? {
    guard let text = input.text("role", required: true) else { return nil }
    if let role = Role(rawValue: text) { return role }
    let names = Role.allCases.map(\.rawValue).joined(separator: ", ")
    input.report(
      RequestError(.pointer("/role"), "role.unknown", "Unknown role.", hint: "The roles are \(names)."))
    return nil
  }

  /// Returns the earlier of `expiresAt` and `expiresInDays`, or the default.
  private func expiry(_ input: inout InputReader) -> Timestamp {
    [input.moment("expiresAt"), days(&input).map { TokenLifetime.end(afterDays: $0, from: now) }].compactMap(\.self)
      .min()
      ?? lifetime.defaultEnd(maker: maker, from: now)
  }

  private func days(_ input: inout InputReader) -> Int64? {
    guard let days = input.field("expiresInDays"), !days.isNull else { return nil }
    let allowed = 1...lifetime.maxDays
    if let number = days.numberValue?.double, let count = Int64(exactly: number), allowed.contains(count) {
      return count
    }
    input.report(
      RequestError(
        .pointer("/expiresInDays"),
        days.numberValue == nil ? "expires-in-days.wrong-type" : "expires-in-days.out-of-range",
        "The field expiresInDays must be an integer from 1 to \(lifetime.maxDays)."))
    return nil
  }
}
