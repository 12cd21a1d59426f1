/// An ICC as the bytes of a response, with the two fields that decide how to answer a request for
/// it.
package struct RenderedICC: Sendable {
  /// The bytes that the caller rendered.
  package let bytes: [UInt8]
  /// The ICC's version, shown in its entity tag.
  package let version: Int64
  /// True if the ICC is deleted.
  package let isDeleted: Bool

  /// Creates the rendered form of an ICC from its bytes.
  package init(_ icc: ICC, _ bytes: [UInt8]) {
    self.bytes = bytes
    version = icc.version
    isDeleted = icc.deletedAt != nil
  }
}
