import AWSPolicy
import Text

/// The name of a general purpose bucket, by S3's current rules.
package struct BucketName: Hashable, Sendable, CustomStringConvertible {
  /// The number of characters of a bucket name.
  package static let characterCounts = 3...63

  /// The name.
  package let text: String

  /// A name from the store, where only valid ones are kept.
  package init(stored text: String) {
    self.text = text
  }

  /// The bucket name that a caller sends, without the ASCII white space around it, by the rules of
  /// the Amazon S3 User Guide, "General purpose bucket naming rules". The connector supplies the
  /// partition that a bucket's ARN must be in.
  ///
  /// Throws `bucket-name.is-uri`, `.is-host-name` or `.is-arn` alone; else `.invisible-character`,
  /// `.illegal-character`, `.length`, `.ip-address`, `.adjacent-dots`, `.edge`, `.reserved-prefix`
  /// and `.reserved-suffix`, together where each is true.
  package init(validating text: String, connector: ConnectorIdentity) throws(InvalidValue) {
    let examined = ValidatedText(trimming: text)
    var validation = FieldValidation(.bucketName)
    if let location = S3Location(uri: examined.printableASCII) {
      validation.report("is-uri", "This is a URI, not a bucket name.", hint: location.fieldsHint)
    } else if let location = S3Location(hostName: examined.printableASCII) {
      validation.report(
        "is-host-name", "This is a host name of S3, not a bucket name.", hint: location.fieldsHint)
    } else if examined.bytes.prefix(4).lazy.map(ASCII.lowercased).elementsEqual("arn:".utf8) {
      validation.report(
        "is-arn", "This is an ARN, not a bucket name.",
        hint: Self.hint(forARN: examined.printableASCII, connector))
    } else {
      validation.reportDeceptiveCharacters(in: examined)
      Self.reportForm(of: examined, to: &validation)
      Self.reportReservedNames(examined.text, to: &validation)
    }
    try validation.finish()
    self.text = examined.text
  }

  /// The name.
  package var description: String { text }

  static let whereToFindIt = "Copy the name from **Amazon S3 > General purpose buckets**, column **Name**."

  private static func hint(forARN text: String, _ connector: ConnectorIdentity) -> String {
    guard let location = S3Location(arn: text), !location.bucket.contains(":"), location.bucket != "accesspoint" else {
      return "Access points are not supported. " + whereToFindIt
    }
    guard let partition = ARN(text)?.partition, partition != connector.partition, ARN.partitions.contains(partition)
    else { return location.fieldsHint }
    return "InfoSum's role is in the partition “\(connector.partition)” and can never read a bucket in “\(partition)”. "
      + "Use a bucket in “\(connector.partition)”."
  }
}

extension BucketName {
  private static func reportForm(of examined: ValidatedText, to validation: inout FieldValidation) {
    reportIllegalCharacter(of: examined, to: &validation)
    let bytes = examined.bytes
    let count = examined.text.unicodeScalars.count
    if !characterCounts.contains(count) {
      validation.report(
        "length", "The name has \(count) characters; S3 allows 3 to 63.", hint: whereToFindIt)
    }
    if isAddress(examined.text) {
      validation.report(
        "ip-address", "A bucket name must not be formatted as an IP address.",
        hint: "Enter the bucket name, not the address of a server.")
    }
    if bytes.indices.dropLast().contains(where: { bytes[$0] == dot && bytes[$0 + 1] == dot }) {
      validation.report(
        "adjacent-dots", "A bucket name must not contain two adjacent dots.", hint: whereToFindIt)
    }
    if [bytes.first, bytes.last].contains(dot) || [bytes.first, bytes.last].contains(hyphen) {
      validation.report(
        "edge", "A bucket name must start and end with a letter or a digit.",
        hint: "A character may be missing or left over. " + whereToFindIt)
    }
  }

  private static func reportIllegalCharacter(of examined: ValidatedText, to validation: inout FieldValidation) {
    let illegal = examined.firstCharacter { scalar in
      let byte = UInt8(truncatingIfNeeded: scalar.value)
      let isLegal = scalar.isASCII && (ASCII.isLowercaseLetterOrDigit(byte) || byte == dot || byte == hyphen)
      return !isLegal && DeceptiveCharacter.description(of: scalar) == nil
    }
    guard let illegal else { return }
    validation.report(
      "illegal-character",
      "The name contains \(illegal); S3 allows only a–z, 0–9, “.” and “-”.",
      hint: hint(for: examined, illegal: illegal.scalar))
  }

  private static func hint(for examined: ValidatedText, illegal: Unicode.Scalar) -> String {
    if illegal == "/" {
      return S3Location(path: examined.printableASCII).fieldsHint
    }
    if illegal.isASCII, ASCII.isUppercaseLetter(UInt8(truncatingIfNeeded: illegal.value)) {
      let lowercase = ASCII.lowercased(examined.bytes)
      return "Bucket names are lowercase."
        + ((try? BucketName(validating: lowercase, connector: ConnectorIdentity())) == nil
          ? "" : " Did you mean “\(lowercase)”?")
    }
    return whereToFindIt
  }

  /// Returns true for four groups of one to three digits: S3 rejects names "formatted as an IP
  /// address", valid or not.
  private static func isAddress(_ text: String) -> Bool {
    let groups = text.utf8.split(separator: dot, omittingEmptySubsequences: false)
    return groups.count == 4 && groups.allSatisfy { (1...3).contains($0.count) && $0.allSatisfy(ASCII.isDigit) }
  }

  private static let dot = UInt8(ascii: ".")
  private static let hyphen = UInt8(ascii: "-")
}

extension BucketName {
  /// The prefixes that names of general purpose buckets must not have.
  static let reservedPrefixes = ["xn--", "sthree-", "amzn-s3-demo-"]

  /// The suffixes that they must not have; `-an` has a rule of its own.
  static let reservedSuffixes = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"]

  private static func reportReservedNames(_ text: String, to validation: inout FieldValidation) {
    if let prefix = reservedPrefixes.first(where: text.hasPrefix) {
      validation.report(
        "reserved-prefix", "Names that start with “\(prefix)” are reserved by AWS.",
        hint: prefix == "amzn-s3-demo-"
          ? "This name is from AWS's examples. Enter the name of your own bucket."
          : whereToFindIt)
    }
    if let suffix = reservedSuffixes.first(where: text.hasSuffix) {
      validation.report(
        "reserved-suffix",
        "Names that end with “\(suffix)” are reserved by AWS for access points and other kinds of bucket.",
        hint: "Enter the name of the general purpose bucket, not an alias, an access point or a directory bucket.")
    } else if text.hasSuffix("-an"), accountOfNamespace(text) == nil {
      validation.report(
        "reserved-suffix", "A name that ends with “-an” must have the form “prefix-account-region-an”.",
        hint: "AWS reserves this suffix for an account's own namespace, such as “acme-111122223333-eu-west-1-an”. "
          + whereToFindIt)
    }
  }

  /// The account in a name of the form `prefix-<12 digits>-<region>-an`, which only that account
  /// can own (Amazon S3 User Guide, "Namespaces for general purpose buckets"); nil for any other
  /// name.
  var accountOfNamespace: String? { Self.accountOfNamespace(text) }

  private static func accountOfNamespace(_ text: String) -> String? {
    guard text.hasSuffix("-an") else { return nil }
    let words = text.split(separator: "-", omittingEmptySubsequences: false).dropLast()
    for length in 3...5 where words.count > length + 1 {
      let account = String(words[words.endIndex - length - 1])
      let namespace = words.dropLast(length + 1)
      guard ARN.isRegion(words.suffix(length).joined(separator: "-")), ARN.isAccountID(account) else { continue }
      if namespace.contains(where: { !$0.isEmpty }) { return account }
    }
    return nil
  }
}
