import JSON
import Registry
import System
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
    let organisations = organisations(for: role, &input)
    let blocks = addressBlocks(&input)
    let expiresAt = expiry(&input)
    guard let role, let organisations, let blocks else {
      try input.finish()
      throw Problem(.validationFailed)
    }
    let new = NewToken(
      name: name?.text ?? "", role: role, organisations: organisations, addressBlocks: blocks, expiresAt: expiresAt
    ).withLimits(of: maker)
    for error in TokenLifecycle.errors(of: new, maker: maker, lifetime, at: now) { input.report(RequestError(error)) }
    try input.finish()
    return new
  }

  private func role(_ input: inout InputReader) -> Role? {
    guard let text = input.text("role", required: true) else { return nil }
    if let role = Role(rawValue: text) { return role }
    let names = Role.allCases.map(\.rawValue).joined(separator: ", ")
    input.report(
      RequestError(.pointer("/role"), "role.unknown", "Unknown role.", hint: "The roles are \(names)."))
    return nil
  }

  /// Returns the organisations of the field `organisation` or `organisations`; nil if one of them
  /// is wrong.
  private func organisations(for role: Role?, _ input: inout InputReader) -> [OrganisationID]? {
    let reported = input.errors.listed.count
    let one = input.text("organisation")
    let several = input.texts("organisations")
    if one != nil, several != nil {
      input.report(
        RequestError(
          .pointer("/organisations"), "organisations.redundant", "Send organisation or organisations, not both."))
    }
    if several?.isEmpty == true, role?.reach == .one {
      input.report(
        RequestError(
          .pointer("/organisations"), "organisation.missing", "A token of this role belongs to one organisation.",
          hint: "Name it. A token that is limited to it can leave the field out."))
    }
    var found: [OrganisationID] = []
    for text in one.map({ [$0] }) ?? [] {
      if let id = OrganisationInput.identifier(text, at: .pointer("/organisation"), &input) { found.append(id) }
    }
    for (index, text) in (several ?? []).enumerated() {
      let position = RequestError.Position.pointer("/organisations/\(index)")
      if let id = OrganisationInput.identifier(text, at: position, &input) { found.append(id) }
    }
    return input.errors.listed.count == reported ? found : nil
  }

  /// Returns the blocks of the field `addressBlocks`; nil if one of them is wrong.
  private func addressBlocks(_ input: inout InputReader) -> [AddressBlock]? {
    let reported = input.errors.listed.count
    let blocks = (input.texts("addressBlocks") ?? []).enumerated().compactMap { index, text -> AddressBlock? in
      if let block = AddressBlock(text) { return block }
      input.report(
        RequestError(
          .pointer("/addressBlocks/\(index)"), "address-blocks.malformed", "This is not an address or a CIDR block.",
          hint: "Write it like 203.0.113.7, 10.0.0.0/8 or 2001:db8::/32."))
      return nil
    }
    return input.errors.listed.count == reported ? blocks : nil
  }

  /// Returns the earlier of `expiresAt` and `expiresInDays`, or the default.
  private func expiry(_ input: inout InputReader) -> Timestamp {
    let days = input.integerField("expiresInDays", in: 1...lifetime.maxDays)
    return [input.moment("expiresAt"), days.map { TokenLifetime.end(afterDays: $0, from: now) }].compactMap(\.self)
      .min() ?? lifetime.defaultEnd(maker: maker, from: now)
  }
}
