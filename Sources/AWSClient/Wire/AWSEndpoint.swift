import Text

/// The endpoint of a service. It is built from a Region by AWS's rules, or set by the operator; no
/// part of it comes from a request.
package struct AWSEndpoint: Hashable, Sendable {
  /// True if the connection is encrypted; without it only where the operator said so.
  package let isSecure: Bool
  /// `host` or `host:port`, as the `Host` header has it.
  package let authority: String

  /// An endpoint that the operator names: `https://host`, or `http://host` for a peer on the way to
  /// a test, each with or without a port, and nothing after it. Nil for any other text.
  package init?(configured text: String) {
    let isSecure = text.hasPrefix("https://")
    guard isSecure || text.hasPrefix("http://") else { return nil }
    let authority = text.dropFirst(isSecure ? 8 : 7)
    let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
    guard let host = parts.first, !host.isEmpty, parts.count <= 2, host.utf8.allSatisfy(Self.isOfHost) else {
      return nil
    }
    if parts.count == 2, UInt16(parts[1]) == nil || parts[1].utf8.first == UInt8(ascii: "+") { return nil }
    self.isSecure = isSecure
    self.authority = String(authority)
  }

  /// The Region's endpoint of STS (https://docs.aws.amazon.com/general/latest/gr/sts.html).
  package static func sts(_ region: AWSRegion) -> AWSEndpoint {
    AWSEndpoint("sts.", region)
  }

  /// The Region's endpoint of S3 for path-style addresses
  /// (https://docs.aws.amazon.com/general/latest/gr/s3.html).
  package static func s3(_ region: AWSRegion) -> AWSEndpoint {
    AWSEndpoint("s3.", region)
  }

  private init(_ service: StaticString, _ region: AWSRegion) {
    isSecure = true
    authority = service.description + region.name + "." + region.partition.hostSuffix
  }

  private static func isOfHost(_ byte: UInt8) -> Bool {
    ASCII.isLetterOrDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  /// The scheme and the authority, without a path.
  package var text: String { (isSecure ? "https://" : "http://") + authority }
}
