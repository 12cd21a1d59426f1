import AWSPolicy

/// The documents of one ICC, without the rest of its values: its filenames are also measured before
/// there is an ICC.
extension S3ReadGrant {
  /// Returns the statements of one ICC for a bucket policy. Their Sids end with `suffix`.
  func bucketPolicy(role: UserARN, suffix: String) -> PolicyDocument {
    PolicyDocument([
      listing(principals: [role.text]).named("InfoSumList" + suffix),
      reading(principals: [role.text]).named("InfoSumRead" + suffix),
    ])
  }

  /// Returns the statement of one ICC for a key policy, in a document; nil without a key.
  func keyPolicy(role: UserARN, suffix: String) -> PolicyDocument? {
    keyPolicyStatement(role: role.text).map { PolicyDocument([$0.named("InfoSumDecrypt" + suffix)]) }
  }
}

extension PolicyStatement {
  /// Returns the statement with a `Sid`, so that the customer can recognise it.
  fileprivate func named(_ sid: String) -> PolicyStatement {
    var named = self
    named.sid = sid
    return named
  }
}
