import AWSPolicy

/// What the parts of InfoSum's own ARN must look like; from the IAM API reference, "Role".
enum AWSName {
  /// One of AWS's partitions.
  static func checkPartition(_ name: String) throws(SettingFault) {
    if !ARN.partitions.contains(name) { throw SettingFault("must be one of " + ARN.partitions.joined(separator: ", ")) }
  }

  /// 12 digits; leading zeros exist.
  static func checkAccountID(_ digits: String) throws(SettingFault) {
    if !ARN.isAccountID(digits) {
      throw SettingFault("must be 12 digits")
    }
  }

  /// 1 to 64 of `[A-Za-z0-9_+=,.@-]`.
  static func checkRoleName(_ name: String) throws(SettingFault) {
    if !(1...64).contains(name.utf8.count) || !name.utf8.allSatisfy(ARN.isNameCharacter) {
      throw SettingFault("must be a role's name: 1 to 64 letters, digits and _+=,.@-")
    }
  }
}
