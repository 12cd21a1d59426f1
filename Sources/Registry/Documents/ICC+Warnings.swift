import AWSPolicy
import Text

extension ICC {
  /// Returns warnings about values that are valid but unusual.
  package func warnings(_ connector: ConnectorIdentity) -> [Diagnostic] {
    var warnings: [Diagnostic] = []
    if !ValidatedText.isPrintableASCII(name.text) { warnings += nameWarnings }
    if bucketName.text.utf8.contains(UInt8(ascii: ".")) { warnings.append(Self.bucketNameWithDots) }
    if let owner = bucketName.accountOfNamespace {
      if let bucketOwner, bucketOwner.text != owner {
        warnings.append(Self.bucketOwnerDiffers(owner, bucketOwner.text))
      } else if let userARN, owner != userARN.accountID {
        warnings.append(Self.bucketOfAnotherAccount(owner))
      }
    }
    if !prefix.isEmpty { warnings += prefixWarnings }
    if !filenames.isEmpty { warnings += filenameWarnings }
    if let kmsKeyARN, !kmsKeyARN.hasUsualKeyID { warnings.append(Self.unusualKeyID) }
    if let kmsKeyARN, let userARN, ARN(kmsKeyARN.text)?.account != userARN.accountID {
      warnings.append(Self.keyOfAnotherAccount)
    }
    if trustPolicyIsLong(connector) { warnings += MergedTrustPolicy([self], connector).warnings }
    return warnings
  }

  /// Returns true if the trust policy can exceed AWS's limit. Its fixed text with two external IDs
  /// has fewer than 512 characters.
  private func trustPolicyIsLong(_ connector: ConnectorIdentity) -> Bool {
    principal(connector).utf8.count > PolicySizeLimit.trustPolicy - 512
  }

  private var nameWarnings: [Diagnostic] {
    guard let invisible = ValidatedText(name.text).firstCharacter(where: DeceptiveCharacter.isInvisible) else {
      return [name.lookAlike.map(Self.lookAlike)].compactMap(\.self)
    }
    return [
      Diagnostic(
        pointer: "/name", code: "name.invisible-character",
        detail: "The name contains \(invisible).",
        hint: "Names that look the same can be different. Type the name again if this character is a mistake.")
    ]
  }

  private static func lookAlike(_ character: PlacedCharacter) -> Diagnostic {
    Diagnostic(
      pointer: "/name", code: "name.look-alike",
      detail: "The name contains \(character), within a word of Latin letters.",
      hint: "Names that look the same can be different. Type the word again on a Latin keyboard.")
  }

  private static func bucketOfAnotherAccount(_ account: String) -> Diagnostic {
    Diagnostic(
      pointer: "/bucketName", code: "bucket-name.other-account",
      detail: "Only account \(account) can own a bucket of this name, and the role is in another account.",
      hint: "The permission policy alone is not enough: also add the bucket policy to the bucket in its account.")
  }

  private static func bucketOwnerDiffers(_ account: String, _ bucketOwner: String) -> Diagnostic {
    Diagnostic(
      pointer: "/bucketName", code: "bucket-name.other-account",
      detail: "Only account \(account) can own a bucket of this name, but bucketOwner is \(bucketOwner).",
      hint: "Set bucketOwner to \(account), or correct the bucket name.")
  }

  private static let bucketNameWithDots = Diagnostic(
    pointer: "/bucketName", code: "bucket-name.dots",
    detail: "The bucket name contains dots, so S3's TLS certificate does not cover the bucket's host name.",
    hint: "No action is needed: InfoSum uses path-style requests. Your own tools may need the same.")

  private static let unusualKeyID = Diagnostic(
    pointer: "/kmsKeyArn", code: "kms-key-arn.unusual-id",
    detail: "The key ID does not have AWS's usual form: a UUID, or “mrk-” and 32 hexadecimal digits.",
    hint: "Compare it with KMS > Customer managed keys > your key > General configuration. Part of it may be missing.")

  private static let keyOfAnotherAccount = Diagnostic(
    pointer: "/kmsKeyArn", code: "kms-key-arn.other-account",
    detail: "The key and the role belong to different accounts.",
    hint: "The permission policy alone is not enough: also add the key policy statement to the key in its account.")
}

extension ICC {
  private var prefixWarnings: [Diagnostic] {
    var warnings: [Diagnostic] = []
    let bytes = prefix.text.utf8
    // Where another notation ends the prefix, a slash after it would be wrong advice.
    if ![UInt8(ascii: "/"), UInt8(ascii: "*")].contains(bytes.last), decodedPrefix?.hasSuffix("/") != true {
      warnings.append(noTrailingSlash)
    }
    if bytes.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }) {
      warnings.append(Self.wildcardInPrefix)
    }
    if bytes.contains(UInt8(ascii: "%")) || bytes.contains(UInt8(ascii: "!")) { warnings += notationWarnings }
    if bytes.first == 0x20 || bytes.last == 0x20 { warnings.append(Self.outerSpace) }
    if prefix.text.hasPrefix(bucketName.text + "/") { warnings.append(repeatedBucket) }
    if !ValidatedText.isPrintableASCII(prefix.text) { warnings += charactersBeyondASCII }
    return warnings
  }

  /// The prefix without URL encoding; nil if it has none.
  private var decodedPrefix: String? {
    guard prefix.text.utf8.contains(UInt8(ascii: "%")) else { return nil }
    return PercentEncoding.decode(prefix.text.utf8, .plus).flatMap { $0 == prefix.text ? nil : $0 }
  }

  private var noTrailingSlash: Diagnostic {
    Diagnostic(
      pointer: "/prefix", code: "prefix.no-trailing-slash",
      detail: "The prefix has no slash at its end, so it covers every key that starts with it: “exports” also covers "
        + "“exports-old/” and “exports.csv”.",
      hint: "For a folder, add a slash at the end.")
  }

  private static let wildcardInPrefix = Diagnostic(
    pointer: "/prefix", code: "prefix.wildcard-character",
    detail: "The prefix contains “*” or “?”. They are literal characters here, not wildcards.",
    hint: "Remove the “*”: a prefix covers every key that starts with it. Keep the character only if your keys "
      + "contain it.")

  /// The warnings about notations that other places decode or evaluate: S3 takes a key literally.
  private var notationWarnings: [Diagnostic] {
    var warnings: [Diagnostic] = []
    if let decoded = decodedPrefix {
      warnings.append(
        Diagnostic(
          pointer: "/prefix", code: "prefix.url-encoded",
          detail: "The prefix looks URL-encoded. “%” is a literal character here.",
          hint: "Did you mean “\(decoded)”? Keep the prefix only if your keys contain “%”."))
    }
    if prefix.text.contains("!{") {
      warnings.append(
        Diagnostic(
          pointer: "/prefix", code: "prefix.expression",
          detail: "The prefix contains “!{”. Such expressions of Amazon Data Firehose are literal text here.",
          hint: "End the prefix before the expression: it covers every key that starts with it."))
    }
    return warnings
  }

  private static let outerSpace = Diagnostic(
    pointer: "/prefix", code: "prefix.outer-space",
    detail: "The prefix starts or ends with a space, which is part of the prefix.",
    hint: "Remove the space if your keys do not contain it.")

  private var repeatedBucket: Diagnostic {
    Diagnostic(
      pointer: "/prefix", code: "prefix.repeats-bucket",
      detail: "The prefix starts with the bucket name.",
      hint: "A prefix does not include the bucket name. Keep it only if the bucket has a folder of that name.")
  }

  private var charactersBeyondASCII: [Diagnostic] {
    var warnings: [Diagnostic] = []
    if let invisible = ValidatedText(prefix.text).firstCharacter(where: DeceptiveCharacter.isInvisible) {
      warnings.append(
        Diagnostic(
          pointer: "/prefix", code: "prefix.invisible-character",
          detail: "The prefix contains \(invisible).",
          hint: "S3 allows it. Keep it only if your keys contain it."))
    }
    let replaced = PolicyVariable.escape(prefix.text).replaced
    guard !replaced.isEmpty else { return warnings }
    let named = replaced.prefix(4).map(CodePoint.number).joined(separator: ", ")
    warnings.append(
      Diagnostic(
        pointer: "/prefix", code: "prefix.not-literal-in-policy",
        detail:
          "IAM cannot store \(named)\(replaced.count > 4 ? " and \(replaced.count - 4) more" : "") in a policy. The "
          + "policies contain “?” instead, which matches any one character.",
        hint:
          "Keys that differ from yours only in those characters are covered too. If that matters, use a prefix of "
          + "Latin letters."))
    return warnings
  }
}
