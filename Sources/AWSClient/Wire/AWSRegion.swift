import Text

/// A Region of a partition. Its name becomes part of a host name, so only a text of the partition's
/// own form is one.
package struct AWSRegion: Hashable, Sendable {
  /// Longer names there are none; this bounds what a peer's header can put into a host name.
  static let maxLength = 32

  /// Such as `eu-west-1`.
  package let name: String
  /// The partition that it belongs to.
  package let partition: AWSPartition

  /// The Region of this name; nil where the name has not the form of one in the partition: the
  /// partition's beginning, a word of small letters, and a number.
  package init?(_ name: String, in partition: AWSPartition) {
    guard name.utf8.count <= Self.maxLength else { return nil }
    let parts = name.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 2, let word = parts.dropLast().last, let number = parts.last,
      partition.regionPrefixes.contains(parts.dropLast(2)),
      !word.isEmpty, word.utf8.allSatisfy(ASCII.isLowercaseLetter),
      !number.isEmpty, number.utf8.allSatisfy(ASCII.isDigit)
    else { return nil }
    self.name = name
    self.partition = partition
  }
}
