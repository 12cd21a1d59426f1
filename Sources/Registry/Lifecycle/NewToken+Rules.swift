import System

extension NewToken {
  /// Returns what is wrong with its organisations, by its role alone.
  var organisationErrors: [Diagnostic] {
    if organisations.count > Self.maxListed { return [tooMany("organisations", organisations.count)] }
    switch role.reach {
    case .one where organisations.isEmpty:
      return [
        Diagnostic(
          pointer: "/organisation", code: "organisation.missing",
          detail: "A token of the role \(role.rawValue) belongs to one organisation.",
          hint: "Name the organisation; GET /v1/organisations lists them.")
      ]
    case .one where organisations.count > 1:
      return [
        Diagnostic(
          pointer: "/organisations", code: "organisations.more-than-one",
          detail: "A token of the role \(role.rawValue) belongs to one organisation only.",
          hint: "Create a token for each organisation.")
      ]
    case .all where !organisations.isEmpty, .none where !organisations.isEmpty:
      return [
        Diagnostic(
          pointer: "/organisation", code: "organisation.not-settable",
          detail: "A token of the role \(role.rawValue) belongs to no organisation.",
          hint: "Leave the organisation out.")
      ]
    default: return []
    }
  }

  /// Returns what is wrong with the number of its address blocks.
  var addressErrors: [Diagnostic] {
    addressBlocks.count > Self.maxListed ? [tooMany("addressBlocks", addressBlocks.count)] : []
  }

  /// Returns which of its rights the token that makes it does not have. Another organisation is
  /// answered alike, whether it exists or not.
  func rightsErrors(maker: Token) -> [Diagnostic] {
    var errors: [Diagnostic] = []
    if !AccessTable.allows(maker, toMake: role, of: organisations) {
      errors.append(
        Diagnostic(
          pointer: "/role", code: "role.beyond-your-token",
          detail: "A token of the role \(role.rawValue) would have permissions that yours does not have.",
          hint: "Choose a role with fewer permissions; GET /v1/session lists yours."))
    }
    if let foreign = organisations.first(where: { !maker.scope.contains($0) }) {
      errors.append(
        Diagnostic(
          pointer: "/organisation", code: "organisation.beyond-your-token",
          detail: "Your token has no access to the organisation \"\(foreign)\".",
          hint: "Leave the organisation out: the token then belongs to yours."))
    }
    if let wide = addressBlocks.first(where: { block in !maker.covers(block) }) {
      errors.append(
        Diagnostic(
          pointer: "/addressBlocks", code: "address-blocks.beyond-your-token",
          detail: "Your token cannot be used from all addresses in \(wide).",
          hint: "Choose blocks within those of your token, or leave the field out to use the same."))
    }
    return errors
  }

  private func tooMany(_ field: String, _ count: Int) -> Diagnostic {
    Diagnostic(
      pointer: "/" + field, code: field == "organisations" ? "organisations.too-many" : "address-blocks.too-many",
      detail: "The field \(field) has \(count) entries; the maximum is \(Self.maxListed).",
      hint: "Create several tokens.")
  }
}

extension Token {
  /// Returns true if it can be used from all addresses of the block.
  fileprivate func covers(_ block: AddressBlock) -> Bool {
    addressBlocks.isEmpty || addressBlocks.contains { $0.contains(block) }
  }
}
