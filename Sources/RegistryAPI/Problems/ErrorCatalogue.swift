import Registry
import Text

/// The meaning of the codes in `errors`, `warnings` and `checks`, for their pages. The `detail` and
/// `hint` of a response say more, because they know the value.
enum ErrorCatalogue {
  /// The meaning of a code; nil if the registry never sends it.
  static func explanation(of code: String) -> String? {
    if let known = codes[code] { return known }
    let parts = code.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, isSubject(parts[0]) else { return nil }
    if parts[0] == "json" { return "The body violates the grammar of JSON (RFC 8259) at the given position." }
    return anyField[String(parts[1])]
  }

  /// All codes with an explanation of their own, in order.
  static var all: [String] { codes.keys.sorted() }

  private static func isSubject(_ text: Substring) -> Bool {
    (1...128).contains(text.utf8.count)
      && text.utf8.allSatisfy { ASCII.isLowercaseLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
  }

  /// The part after the dot, for codes that any field can have.
  private static let anyField = [
    "missing": "The field is required.",
    "wrong-type": "The field has the wrong JSON type.",
    "unknown": "Unknown field. Check its spelling and case.",
    "not-settable": "The registry sets this field. Leave it out.",
    "invisible-character":
      "The value contains a character that is invisible or looks like another one. Type the value by hand.",
  ]

  private static let codes: [String: String] = ownCodes.merging(fieldCodes) { own, _ in own }
    .merging(checkCodes) { own, _ in own }

  private static let ownCodes = [
    "address-blocks.beyond-your-token":
      "A token that can only be used from some addresses cannot make one for others.",
    "address-blocks.malformed": "An address block is an IPv4 or IPv6 address, or a block such as 10.0.0.0/8.",
    "address-blocks.too-many": "A token has at most \(NewToken.maxListed) address blocks.",
    "body.more-errors": "The entry has more errors than are listed.",
    "connector-type.unsupported":
      "Unsupported connector type. Use s3-cross-account, which is S3_CROSS_ACCOUNT in InfoSum's API.",
    "created-at.in-future": "The time of creation is in the future.",
    "created-at.malformed": "A time must have the form of RFC 3339, such as 2027-01-31T12:00:00Z.",
    "cursor.invalid": "A cursor must be the nextCursor of the previous page of the same list, unchanged.",
    "days.not-offered": "This registry does not keep browsers signed in: the setting maxSignInDays is 0.",
    "days.out-of-range": "A browser can stay signed in for 1 to maxSignInDays days.",
    "entity-tag.malformed": "If-Match and If-None-Match must be * or a list of quoted entity tags.",
    "expires-at.malformed": "A time must have the form of RFC 3339, such as 2027-01-31T12:00:00Z.",
    "expires-at.out-of-range": "A token must expire in the future, at most maxTokenDays from now.",
    "expires-at.after-your-token": "A token cannot outlive the token that makes it.",
    "expires-in-days.out-of-range": "A token must expire after 1 to maxTokenDays days.",
    "external-id.in-use": "The external ID belongs to another ICC, for ever.",
    "external-id.malformed": "An external ID has 64 lowercase hexadecimal digits.",
    "external-id.predictable": "The external ID can be guessed. Create a new ICC to get one that cannot.",
    "external-id.repeated": "Each external ID belongs to one ICC only.",
    "external-id.sample": "This is the sample in InfoSum's article. Create a new ICC to get an external ID of its own.",
    "filter.malformed-date":
      "A date in a filter is a day, or a day and a time with or without a zone, in single quotes.",
    "filter.syntax": "The filter violates its grammar at the given character.",
    "filter.too-complex": "The filter exceeds a limit: of its length, of its depth or of its comparisons.",
    "filter.unknown-field": "A comparison in the filter has an unknown field.",
    "filter.wrong-operator":
      "A comparison in the filter has an unknown operator, or one that its field does not support.",
    "gpg.unsupported": "The registry does not keep GPG keys. Send is_gpg as false, or leave it out.",
    "id.in-future": "The identifier says that it was made in the future.",
    "id.in-use": "Another ICC has this identifier. Leave it out to have a new one made.",
    "id.malformed": "The identifier of an ICC is icc_ and 26 characters. Leave it out to have a new one made.",
    "idempotency-key.malformed": "An Idempotency-Key must be 1 to 255 visible ASCII characters.",
    "organisation.malformed": "An organisation ID is 1 to 63 of a-z, 0-9 and -, and must not start or end with -.",
    "organisation.beyond-your-token": "A token can only make tokens of organisations that it has access to.",
    "organisations.more-than-one": "Owners, editors and viewers belong to one organisation only.",
    "organisations.redundant": "Send organisation for one organisation, or organisations for several.",
    "organisations.too-many": "A token is limited to at most \(NewToken.maxListed) organisations.",
    "policy.missing": "A check needs at least one of trustPolicy, permissionPolicy and bucketPolicy.",
    "query.missing": "A required query parameter is missing.",
    "query.needs-all-organisations": "Only a token of all organisations can use this parameter.",
    "query.repeated": "A query parameter occurs more than once.",
    "query.unknown": "Unknown query parameter.",
    "query.wrong-value": "The value of a query parameter is not one of the allowed values.",
    "allow.unknown": "A link can allow check, set-user-arn and verify.",
    "max-uses.out-of-range": "A link can be used 1 to 10,000 times.",
    "usage-key.malformed": "A usage key is 1 to 128 of A-Z, a-z, 0-9 and . _ -, and begins with a letter or digit.",
    "usage.out-of-range": "A usage must expire in the next 90 days.",
    "role.beyond-your-token": "A token cannot make one that has permissions which it does not have itself.",
    "role.unknown": "Unknown role. The roles are \(Role.allCases.map(\.rawValue).joined(separator: ", ")).",
  ]
}
