import AWSPolicy
import Text

/// A bucket and a key or prefix in it, as people have them at hand: a URI, an ARN, or an address
/// from the browser.
struct S3Location {
  /// The bucket's name, not examined further.
  let bucket: String
  /// The text after the bucket, without the slash between; empty if there is none.
  private(set) var prefix: String

  /// True if both parts are short enough to be offered as values.
  var isOfLegalLengths: Bool {
    bucket.utf8.count <= BucketName.characterCounts.upperBound && prefix.utf8.count <= Prefix.maxByteCount
  }

  /// Reads the URI of a bucket: `s3://bucket/prefix`, an HTTPS address of S3 in path or
  /// virtual-host style, or the console's page of the bucket. Nil for a text that is not a URI; an
  /// empty bucket if the URI does not name one.
  init?(uri text: String) {
    guard let scheme = Self.scheme(of: text) else { return nil }
    let rest = text.utf8.dropFirst(scheme.utf8.count + 3)
    let address = rest.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    let host = address.prefix { $0 != UInt8(ascii: "/") }
    let path = address.dropFirst(host.count + 1)
    if scheme.utf8.first.map(ASCII.lowercased) == UInt8(ascii: "s") {
      let bucket = rest.prefix { $0 != UInt8(ascii: "/") }
      self.init(bucket: bucket, prefix: rest.dropFirst(bucket.count + 1))
    } else {
      self.init(host: ASCII.lowercased(host), path: path)
      if prefix.isEmpty, path.starts(with: Self.consolePath.utf8) {
        prefix = Self.consolePrefix(rest.dropFirst(address.count)) ?? ""
      }
    }
  }

  /// The path of the console's page of a bucket, before its name.
  private static let consolePath = "s3/buckets/"

  /// The prefix in the query of the console's page of a bucket.
  private static func consolePrefix(_ query: Substring.UTF8View) -> String? {
    let fields = query.dropFirst().prefix { $0 != UInt8(ascii: "#") }.split(separator: UInt8(ascii: "&"))
    let field = fields.first { $0.starts(with: "prefix=".utf8) }
    return field.flatMap { PercentEncoding.decode($0.dropFirst(7), .space) }
  }

  /// Reads a host name of S3, with or without a path: `bucket.s3.eu-west-1.amazonaws.com`. Nil for
  /// any other text.
  init?(hostName text: String) {
    // Most names of buckets end here.
    guard text.utf8.contains(UInt8(ascii: ".")) else { return nil }
    let host = ASCII.lowercased(text.utf8.prefix { $0 != UInt8(ascii: "/") })
    guard host.hasSuffix(".amazonaws.com") || host.hasSuffix(".amazonaws.com.cn") else { return nil }
    self.init(uri: "https://" + text)
  }

  /// Reads `bucket/folder`.
  init(path text: String) {
    let bucket = text.utf8.prefix { $0 != UInt8(ascii: "/") }
    self.init(bucket: bucket, prefix: text.utf8.dropFirst(bucket.count + 1))
  }

  /// The advice to enter the bucket name and the prefix in their own fields. A folder gets its
  /// slash.
  var fieldsHint: String {
    guard !bucket.isEmpty, isOfLegalLengths else { return BucketName.whereToFindIt }
    guard !prefix.isEmpty else { return "Enter “\(bucket)” as the bucket name and leave the prefix empty." }
    let isFolder = prefix.utf8.last != UInt8(ascii: "/") && !(prefix.split(separator: "/").last ?? "").contains(".")
    return "Enter “\(bucket)” as the bucket name and “\(prefix)\(isFolder && !prefix.hasSuffix("*") ? "/" : "")” as "
      + "the prefix."
  }

  /// Reads the ARN of a bucket or of objects; nil for a text that is not an ARN of S3.
  init?(arn text: String) {
    guard let arn = ARN(text), arn.service == "s3" else { return nil }
    let resource = arn.resource.utf8
    let bucket = resource.prefix { $0 != UInt8(ascii: "/") }
    self.init(bucket: bucket, prefix: resource.dropFirst(bucket.count + 1))
  }

  /// The scheme of a text that begins like a URI with an authority: letters, digits, `+`, `-` and
  /// `.`, then `://`.
  static func scheme(of text: String) -> Substring? {
    let scheme = text.utf8.prefix { ASCII.isLetterOrDigit($0) || "+-.".utf8.contains($0) }
    guard let first = scheme.first, ASCII.isLetter(first),
      text.utf8[scheme.endIndex...].starts(with: "://".utf8)
    else { return nil }
    return Substring(scheme)
  }

  private init(bucket: Substring.UTF8View, prefix: Substring.UTF8View) {
    self.bucket = String(Substring(bucket))
    self.prefix = String(Substring(prefix))
  }

  private init(host: String, path: Substring.UTF8View) {
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    let service = labels.lastIndex { $0 == "s3" || $0.hasPrefix("s3-") } ?? 0
    if service > 0 {
      self.init(bucket: labels[..<service].joined(separator: ".")[...].utf8, prefix: path)
      return
    }
    let pathStyle = path.starts(with: Self.consolePath.utf8) ? path.dropFirst(Self.consolePath.utf8.count) : path
    guard labels.first?.hasPrefix("s3") == true || pathStyle.startIndex != path.startIndex else {
      self.init(bucket: ""[...].utf8, prefix: ""[...].utf8)
      return
    }
    let bucket = pathStyle.prefix { $0 != UInt8(ascii: "/") }
    self.init(bucket: bucket, prefix: pathStyle.dropFirst(bucket.count + 1))
  }
}
