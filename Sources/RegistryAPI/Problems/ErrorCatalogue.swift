import Text

/// What the codes in `errors`, `warnings` and `checks` mean, for their pages. An answer's own `detail` and `hint` say more, since
/// they know the value.
enum ErrorCatalogue {
  /// The meaning of a code; nil for one that is not given out.
  static func explanation(of code: String) -> String? {
    if let known = codes[code] { return known }
    let parts = code.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, isSubject(parts[0]) else { return nil }
    if parts[0] == "json" {
      return "The body breaks the grammar of JSON (RFC 8259) at the place that the answer names."
    }
    return anyMember[String(parts[1])]
  }

  /// All codes with a meaning of their own, in order.
  static var all: [String] { codes.keys.sorted() }

  private static func isSubject(_ text: Substring) -> Bool {
    (1...128).contains(text.utf8.count)
      && text.utf8.allSatisfy { ASCII.isLowercaseLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
  }

  /// What follows the dot where any member can stand before it.
  private static let anyMember = [
    "missing": "The member is required.",
    "wrong-type": "The member has another JSON type than it must have.",
    "unknown": "There is no member of this name here. Look for a slip of spelling or case.",
    "not-settable": "The registry makes this value; no request sets it. Leave the member out.",
    "invisible-character":
      "The value holds a character that cannot be seen or that passes for another. Type it by hand.",
  ]

  private static let codes: [String: String] = ownCodes.merging(memberCodes) { own, _ in own }
    .merging(checkCodes) { own, _ in own }

  private static let ownCodes = [
    "connector-type.unsupported": "This connector type is not known; today there is only s3-cross-account.",
    "cursor.invalid": "A cursor is the nextCursor of the page before, of the same list, as it is.",
    "entity-tag.malformed": "If-Match and If-None-Match hold * or a list of quoted entity tags.",
    "expires-at.malformed": "A time is written as RFC 3339 has it, such as 2027-01-31T12:00:00Z.",
    "expires-at.out-of-range": "A token ends in the future, and at most 3650 days from now.",
    "expires-in-days.out-of-range": "A token lives from 1 to 3650 days.",
    "idempotency-key.malformed": "An Idempotency-Key is 1 to 255 visible ASCII characters.",
    "organisation.malformed": "An identifier is 1 to 63 of a-z, 0-9 and -, and neither begins nor ends with -.",
    "policy.missing": "A check needs at least one of trustPolicy, permissionPolicy and bucketPolicy.",
    "query.missing": "A parameter of the query is required.",
    "query.repeated": "A parameter of the query stands there more than once.",
    "query.unknown": "There is no parameter of this name here.",
    "query.wrong-value": "The value of a parameter of the query is none of those allowed.",
    "role.unknown": "The roles are admin, editor, viewer and connector.",
  ]
}
