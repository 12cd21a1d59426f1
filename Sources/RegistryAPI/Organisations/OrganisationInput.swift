import Registry
import Text

/// Reads the fields of an organisation from a request body.
enum OrganisationInput {
  /// Returns the organisation ID in a text, or reports an error.
  static func identifier(_ text: String, at position: RequestError.Position, _ input: inout InputReader)
    -> OrganisationID?
  {
    if let id = OrganisationID(text) { return id }
    input.report(
      RequestError(
        position, "organisation.malformed", "This is not an organisation ID.",
        hint: "Use 1 to 63 of a-z, 0-9 and -, and do not start or end with -."))
    return nil
  }

  /// Returns the ID and name of a new organisation. A missing ID is derived from the name, and a
  /// missing name is the ID; `fallback` is the ID if the name has no ASCII letter or digit.
  static func new(
    _ input: inout InputReader, fallback: @autoclosure () -> String
  ) throws(Problem) -> (id: OrganisationID, name: String) {
    let name = input.text("name", nullable: false).flatMap { input.made($0, ICCName.init(validating:)) }
    let text = input.text("id", nullable: false)
    if text == nil, name == nil, input.errors.isEmpty { input.report(FieldErrors.missing("id")) }
    let wanted = text ?? name.map { slug($0.text) ?? fallback() }
    let id = wanted.flatMap { identifier($0, at: .pointer("/id"), &input) }
    try input.finish()
    guard let id else { throw Problem(.validationFailed) }
    return (id, name?.text ?? id.text)
  }

  /// Returns the new name in a JSON merge patch (RFC 7396); nil if it is absent.
  static func patch(_ input: inout InputReader) throws(Problem) -> ICCName? {
    let name = input.text("name", nullable: false).flatMap { input.made($0, ICCName.init(validating:)) }
    try input.finish()
    return name
  }

  /// Returns an ID derived from a name: `Acme & Sons` becomes `acme-sons`.
  private static func slug(_ name: String) -> String? {
    var slug: [UInt8] = []
    for byte in name.utf8 {
      switch byte {
      case _ where ASCII.isLetterOrDigit(byte): slug.append(ASCII.lowercased(byte))
      default: if let last = slug.last, last != UInt8(ascii: "-") { slug.append(UInt8(ascii: "-")) }
      }
    }
    slug = Array(slug.prefix(63))
    while slug.last == UInt8(ascii: "-") { slug.removeLast() }
    return slug.isEmpty ? nil : String(decoding: slug, as: UTF8.self)
  }
}
