import AWSPolicy

extension ICC {
  /// What is legal and yet worth knowing about this ICC's values; empty for most.
  package func warnings(_ connector: ConnectorIdentity) -> [Diagnostic] {
    var warnings: [Diagnostic] = []
    if !ExaminedText.isPrintableASCII(name.text) { warnings += nameWarnings }
    if bucketName.text.utf8.contains(UInt8(ascii: ".")) { warnings.append(Self.bucketNameWithDots) }
    if !prefix.isEmpty { warnings += prefixWarnings }
    if let kmsKeyARN, !kmsKeyARN.hasUsualKeyID { warnings.append(Self.unusualKeyID) }
    if let kmsKeyARN, let userARN, ARN(kmsKeyARN.text)?.account != userARN.accountID {
      warnings.append(Self.keyOfAnotherAccount)
    }
    if trustPolicyIsLong(connector) { warnings += MergedTrustPolicy([self], connector).warnings }
    return warnings
  }

  /// Whether the trust policy may be longer than AWS stores. Its fixed text, with two external IDs, takes fewer than 512
  /// characters; a configured role or partition of any legal length leaves it short.
  private func trustPolicyIsLong(_ connector: ConnectorIdentity) -> Bool {
    principal(connector).utf8.count > PolicySizeLimit.trustPolicy - 512
  }

  private var nameWarnings: [Diagnostic] {
    guard let invisible = ExaminedText(name.text).firstCharacter(where: DeceptiveCharacter.isInvisible) else {
      return []
    }
    return [
      Diagnostic(
        pointer: "/name", code: "name.invisible-character",
        detail: "There is \(invisible.description) at offset \(invisible.offset).",
        hint: "Two names that look alike may be different ones. Type the name again if you did not mean it.")
    ]
  }

  private static let bucketNameWithDots = Diagnostic(
    pointer: "/bucketName", code: "bucket-name.dots",
    detail: "The bucket's name has dots: its certificate does not cover the host name that S3 would give it.",
    hint: "InfoSum addresses the bucket by path, which works. Your own tools may have to do so too.")

  private static let unusualKeyID = Diagnostic(
    pointer: "/kmsKeyArn", code: "kms-key-arn.unusual-id",
    detail: "The key's identifier has not the form that AWS gives: a UUID, or “mrk-” and 32 hexadecimal digits.",
    hint: "Compare it with KMS, Customer managed keys, General configuration; a part may be missing.")

  private static let keyOfAnotherAccount = Diagnostic(
    pointer: "/kmsKeyArn", code: "kms-key-arn.other-account",
    detail: "The key belongs to another account than the role.",
    hint: "The permission policy is not enough then: add the key-policy statement to the key in its own account.")
}

extension ICC {
  private var prefixWarnings: [Diagnostic] {
    var warnings: [Diagnostic] = []
    if prefix.text.utf8.last != UInt8(ascii: "/") { warnings.append(noTrailingSlash) }
    let bytes = prefix.text.utf8
    if bytes.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }) {
      warnings.append(Self.wildcardInPrefix)
    }
    if bytes.first == 0x20 || bytes.last == 0x20 { warnings.append(Self.outerSpace) }
    if prefix.text.hasPrefix(bucketName.text + "/") { warnings.append(repeatedBucket) }
    if !ExaminedText.isPrintableASCII(prefix.text) { warnings += charactersBeyondASCII }
    return warnings
  }

  private var noTrailingSlash: Diagnostic {
    Diagnostic(
      pointer: "/prefix", code: "prefix.no-trailing-slash",
      detail: "The prefix has no slash at its end, so it covers every key that begins with it: “exports” also covers "
        + "“exports-old/” and “exports.csv”.",
      hint: "If you mean a folder, write a slash at the end.")
  }

  private static let wildcardInPrefix = Diagnostic(
    pointer: "/prefix", code: "prefix.wildcard-character",
    detail: "The prefix has “*” or “?”; they stand for themselves, not for other characters.",
    hint: "A prefix covers every key that begins with it and needs no “*” at its end. Keep the character only if it is "
      + "part of the keys themselves.")

  private static let outerSpace = Diagnostic(
    pointer: "/prefix", code: "prefix.outer-space",
    detail: "The prefix begins or ends with a space, which is part of it.",
    hint: "Take the space out if the keys do not have it.")

  private var repeatedBucket: Diagnostic {
    Diagnostic(
      pointer: "/prefix", code: "prefix.repeats-bucket",
      detail: "The prefix begins with the bucket's own name.",
      hint: "A prefix begins behind the bucket's name. Keep it only if the bucket has a folder of the same name.")
  }

  private var charactersBeyondASCII: [Diagnostic] {
    var warnings: [Diagnostic] = []
    if let invisible = ExaminedText(prefix.text).firstCharacter(where: DeceptiveCharacter.isInvisible) {
      warnings.append(
        Diagnostic(
          pointer: "/prefix", code: "prefix.invisible-character",
          detail: "There is \(invisible.description) at offset \(invisible.offset).",
          hint: "S3 allows it. Keep it only if it is part of the keys themselves."))
    }
    let replaced = PolicyVariable.escape(prefix.text).replaced
    guard !replaced.isEmpty else { return warnings }
    let named = replaced.prefix(4).map(PlacedCharacter.codePoint).joined(separator: ", ")
    warnings.append(
      Diagnostic(
        pointer: "/prefix", code: "prefix.not-literal-in-policy",
        detail:
          "IAM stores no policy with \(named)\(replaced.count > 4 ? " and \(replaced.count - 4) more" : ""). In the "
          + "policies a “?” stands in the place of each, which lets any one character stand there.",
        hint:
          "Keys that differ from yours in those places alone would be covered too. If that matters, use a prefix of "
          + "Latin letters."))
    return warnings
  }
}

extension ExaminedText {
  /// Whether a text is printable ASCII throughout, told without copying it.
  static func isPrintableASCII(_ text: String) -> Bool { text.utf8.allSatisfy { (0x20...0x7E).contains($0) } }
}
