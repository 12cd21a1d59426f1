/// A part of a content that is made in parts: each is made once the one before it is sent, so a
/// content of any length takes the memory of one.
package struct HTTPContentPart: Sendable {
  /// Makes a part. Throws if the content cannot be completed: its client must not take what it has
  /// for the whole.
  package typealias Maker = @Sendable () async throws -> HTTPContentPart

  /// The bytes.
  package let bytes: [UInt8]
  /// Makes the part after this one; nil if this is the last.
  package let next: Maker?

  /// A part with the given bytes.
  package init(_ bytes: [UInt8], next: Maker?) {
    (self.bytes, self.next) = (bytes, next)
  }
}
