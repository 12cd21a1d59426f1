import AWSPolicy
import Text

/// The name of a general purpose bucket by S3's present rules.
package struct BucketName: Hashable, Sendable, CustomStringConvertible {
  /// The number of characters that a bucket's name may have.
  package static let characterCounts = 3...63

  /// The value's text.
  package let text: String

  /// A value read back from where only valid ones are stored.
  package init(stored text: String) {
    self.text = text
  }

  /// The bucket name that a caller offers, without the ASCII white space around it, by the rules of the Amazon S3 User
  /// Guide, "General purpose bucket naming rules". Throws `bucket-name.is-uri` or `.is-arn` alone; else
  /// `.invisible-character`, `.illegal-character`, `.length`, `.ip-address`, `.adjacent-dots`, `.edge`,
  /// `.reserved-prefix` and `.reserved-suffix`, together where each is true.
  package init(validating text: String) throws(InvalidValue) {
    let examined = ExaminedText(trimming: text)
    var examination = Examination(.bucketName)
    if let location = S3Location(uri: examined.printableASCII) {
      examination.report("is-uri", "This is a URI, not the name of a bucket.", hint: Self.split(location))
    } else if ASCII.lowercased(examined.bytes.prefix(4)) == "arn:" {
      examination.report(
        "is-arn", "This is an ARN, not the name of a bucket.", hint: Self.hint(forARN: examined.printableASCII))
    } else {
      examination.reportDeceptiveCharacters(in: examined)
      Self.reportForm(of: examined, to: &examination)
      Self.reportReservedNames(examined.text, to: &examination)
    }
    try examination.finish()
    self.text = examined.text
  }

  /// The text itself.
  package var description: String { text }

  private static func split(_ location: S3Location) -> String {
    guard !location.bucket.isEmpty, location.isOfLegalLengths else {
      return "The name stands in the Amazon S3 console under General purpose buckets, in the column Name."
    }
    let prefix = location.prefix.isEmpty ? "and leave the prefix empty" : "and prefix “\(location.prefix)”"
    return "Give bucket name “\(location.bucket)” \(prefix)."
  }

  private static func hint(forARN text: String) -> String {
    guard let location = S3Location(arn: text), !location.bucket.contains(":"), location.bucket != "accesspoint" else {
      return
        "Give the bucket's own name, as the Amazon S3 console shows it under General purpose buckets, column Name; "
        + "access points are not supported."
    }
    return split(location)
  }
}

extension BucketName {
  private static func reportForm(of examined: ExaminedText, to examination: inout Examination) {
    reportIllegalCharacter(of: examined, to: &examination)
    let bytes = examined.bytes
    let count = examined.text.unicodeScalars.count
    if !characterCounts.contains(count) {
      examination.report(
        "length", "The name has \(count) characters; S3 allows from 3 to 63.",
        hint: "Copy the name from the Amazon S3 console, General purpose buckets, column Name.")
    }
    if isAddress(examined.text) {
      examination.report(
        "ip-address", "The name has the form of an IP address; S3 allows no such bucket name.",
        hint: "Give the bucket's name, not the address of a server.")
    }
    if bytes.indices.dropLast().contains(where: { bytes[$0] == dot && bytes[$0 + 1] == dot }) {
      examination.report(
        "adjacent-dots", "The name has two dots side by side.",
        hint: "Copy the name from the Amazon S3 console; no bucket has two adjacent dots.")
    }
    if [bytes.first, bytes.last].contains(dot) || [bytes.first, bytes.last].contains(hyphen) {
      examination.report(
        "edge", "The name begins or ends with “.” or “-”; the first and last character must be a letter or a digit.",
        hint: "Copy the whole name from the Amazon S3 console; a character may be missing or too many.")
    }
  }

  private static func reportIllegalCharacter(of examined: ExaminedText, to examination: inout Examination) {
    let illegal = examined.firstCharacter { scalar in
      let byte = UInt8(truncatingIfNeeded: scalar.value)
      let isLegal = scalar.isASCII && (ASCII.isLowercaseLetterOrDigit(byte) || byte == dot || byte == hyphen)
      return !isLegal && DeceptiveCharacter.description(of: scalar) == nil
    }
    guard let illegal else { return }
    examination.report(
      "illegal-character",
      "There is \(illegal.description) at offset \(illegal.offset); S3 allows the letters a–z, digits, “.” and “-” only.",
      hint: hint(for: examined, illegal: illegal.scalar))
  }

  private static func hint(for examined: ExaminedText, illegal: Unicode.Scalar) -> String {
    let parts = examined.printableASCII.split(separator: "/", maxSplits: 1)
    if illegal == "/", parts.count == 2 {
      return "Give bucket name “\(parts[0])” and prefix “\(parts[1])”."
    }
    if illegal == "/" { return "Give the name without a slash." }
    if illegal.isASCII, ASCII.isUppercaseLetter(UInt8(truncatingIfNeeded: illegal.value)) {
      return "Buckets have small letters only: is it “\(ASCII.lowercased(examined.bytes.prefix(63)))”? "
        + "The Amazon S3 console shows the name under General purpose buckets."
    }
    return "Copy the name from the Amazon S3 console, General purpose buckets, column Name."
  }

  /// Four groups of one to three digits: S3 refuses what is "formatted as an IP address", whether or not it is one.
  private static func isAddress(_ text: String) -> Bool {
    let groups = text.split(separator: ".", omittingEmptySubsequences: false)
    return groups.count == 4
      && groups.allSatisfy { (1...3).contains($0.utf8.count) && $0.utf8.allSatisfy(ASCII.isDigit) }
  }

  private static let dot = UInt8(ascii: ".")
  private static let hyphen = UInt8(ascii: "-")
}

extension BucketName {
  /// What general purpose buckets' names may not begin with.
  static let reservedPrefixes = ["xn--", "sthree-", "amzn-s3-demo-"]

  /// What they may not end with; `-an` has a rule of its own.
  static let reservedSuffixes = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"]

  private static func reportReservedNames(_ text: String, to examination: inout Examination) {
    if let prefix = reservedPrefixes.first(where: text.hasPrefix) {
      examination.report(
        "reserved-prefix", "The name begins with “\(prefix)”, which AWS keeps for itself.",
        hint: prefix == "amzn-s3-demo-"
          ? "This is a name out of AWS's examples. Give the name of your own bucket."
          : "No bucket of yours can have this name. Copy it from the Amazon S3 console, General purpose buckets.")
    }
    if let suffix = reservedSuffixes.first(where: text.hasSuffix) {
      examination.report(
        "reserved-suffix",
        "The name ends with “\(suffix)”, which AWS keeps for access points and other kinds of bucket.",
        hint: "Give the name of the general purpose bucket itself, not an alias, an access point or a directory bucket."
      )
    } else if text.hasSuffix("-an"), !isOfAccountRegionalNamespace(text) {
      examination.report(
        "reserved-suffix", "The name ends with “-an”, and has not the form “prefix-account-region-an”.",
        hint: "AWS keeps this end for an account's own namespace, such as “acme-111122223333-eu-west-1-an”. "
          + "Copy the name from the Amazon S3 console.")
    }
  }

  /// Whether the name is `prefix-<12 digits>-<region>-an`, a bucket in its account's own namespace.
  private static func isOfAccountRegionalNamespace(_ text: String) -> Bool {
    let words = text.split(separator: "-", omittingEmptySubsequences: false).dropLast()
    return (3...5).contains { length in
      guard words.count > length + 1 else { return false }
      let account = words[words.endIndex - length - 1]
      let namespace = words.dropLast(length + 1)
      return ARN.isRegion(words.suffix(length).joined(separator: "-")) && ARN.isAccountID(String(account))
        && namespace.contains { !$0.isEmpty }
    }
  }
}
