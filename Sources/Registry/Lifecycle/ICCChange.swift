/// The change of one field.
package enum MemberChange<Value: Sendable>: Sendable {
  /// It stays as it is.
  case unchanged
  /// It takes this value.
  case set(Value)

  func applied(to present: Value) -> Value {
    switch self {
    case .unchanged: present
    case .set(let value): value
    }
  }
}

/// A change of the members that a caller may settle. The external ID is not among them: it changes
/// by rotation alone.
package struct ICCChange: Sendable {
  /// The name.
  package var name = MemberChange<ICCName>.unchanged
  /// The purpose of the ICC.
  package var description = MemberChange<ICCDescription>.unchanged
  /// The customer's role; set to nil, the ICC becomes a draft.
  package var userARN = MemberChange<UserARN?>.unchanged
  /// The session name.
  package var sessionName = MemberChange<SessionName>.unchanged
  /// The bucket.
  package var bucketName = MemberChange<BucketName>.unchanged
  /// The account that owns the bucket.
  package var bucketOwner = MemberChange<AccountID?>.unchanged
  /// The part of the bucket.
  package var prefix = MemberChange<Prefix>.unchanged
  /// The files under the prefix.
  package var filenames = MemberChange<Filenames>.unchanged
  /// The key that encrypts the bucket.
  package var kmsKeyARN = MemberChange<KMSKeyARN?>.unchanged

  /// A change of nothing.
  package init() {}

  /// The ICC with the change applied, its version, times and status as they were.
  func applied(to icc: ICC) -> ICC {
    var changed = icc
    changed.name = name.applied(to: icc.name)
    changed.description = description.applied(to: icc.description)
    changed.bucketOwner = bucketOwner.applied(to: icc.bucketOwner)
    changed.userARN = userARN.applied(to: icc.userARN)
    changed.sessionName = sessionName.applied(to: icc.sessionName)
    changed.bucketName = bucketName.applied(to: icc.bucketName)
    changed.prefix = prefix.applied(to: icc.prefix)
    changed.filenames = filenames.applied(to: icc.filenames)
    changed.kmsKeyARN = kmsKeyARN.applied(to: icc.kmsKeyARN)
    return changed
  }
}
