/// An ICC in the form in which a caller of the store sends it out, and what of it decides how a request for it is answered.
package struct RenderedICC: Sendable {
  /// What the caller made of the ICC.
  package let bytes: [UInt8]
  /// The ICC's version, which its entity tag shows.
  package let version: Int64
  /// Whether the ICC is deleted.
  package let isDeleted: Bool

  /// The ICC with the bytes that were made of it.
  package init(_ icc: ICC, _ bytes: [UInt8]) {
    self.bytes = bytes
    version = icc.version
    isDeleted = icc.deletedAt != nil
  }
}
