import Registry
import Text

/// What is read of organisations in bodies.
enum OrganisationInput {
  /// The identifier in a text; what is none is reported.
  static func identifier(_ text: String, at pointer: String, _ input: inout InputReader) -> OrganisationID? {
    if let id = OrganisationID(text) { return id }
    input.report(
      RequestError(
        .pointer(pointer), "organisation.malformed", "This is no organisation's identifier.",
        hint: "It is 1 to 63 of a-z, 0-9 and -, and neither begins nor ends with -."))
    return nil
  }

  /// Identifier and name of a new organisation. The name stands for a missing identifier, and the other way round;
  /// `fallback` is the identifier where the name has no letter or digit of ASCII.
  static func new(
    _ input: inout InputReader, fallback: @autoclosure () -> String
  ) throws(Problem) -> (id: OrganisationID, name: String) {
    let name = input.text("name", nullable: false).flatMap { input.made($0, ICCName.init(validating:)) }
    let text = input.text("id", nullable: false)
    if text == nil, name == nil, input.errors.isEmpty { input.report(FieldErrors.missing("id")) }
    let wanted = text ?? name.map { slug($0.text) ?? fallback() }
    let id = wanted.flatMap { identifier($0, at: "/id", &input) }
    try input.finish()
    guard let id else { throw Problem(.validationFailed) }
    return (id, name?.text ?? id.text)
  }

  /// `Acme & Sons` becomes `acme-sons`.
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
