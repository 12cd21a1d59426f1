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

/// The identifier of an ICC.
package typealias ICCID = TimeOrderedID<ICCKind>

/// The identifier of a token; it says nothing of the token's text.
package typealias TokenID = TimeOrderedID<TokenKind>
