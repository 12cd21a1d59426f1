/// `icc_…`
package enum ICCKind: IdentifierKind {
  /// `icc_`
  package static let prefix: StaticString = "icc_"
}

/// `tok_…`
package enum TokenKind: IdentifierKind {
  /// `tok_`
  package static let prefix: StaticString = "tok_"
}

/// `hov_…`
package enum HandOverKind: IdentifierKind {
  /// `hov_`
  package static let prefix: StaticString = "hov_"
}

/// The identifier of a hand-over; it says nothing of the secret in its link.
package typealias HandOverID = TimeOrderedID<HandOverKind>

/// The identifier of an ICC.
package typealias ICCID = TimeOrderedID<ICCKind>

/// The identifier of a token; it says nothing of the token's text.
package typealias TokenID = TimeOrderedID<TokenKind>
