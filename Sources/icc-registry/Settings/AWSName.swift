import AWSPolicy

/// The rules for the parts of InfoSum's ARN, from the IAM API reference, "Role".
enum AWSName {
  /// Throws unless the name is a partition.
  static func checkPartition(_ name: String) throws(SettingError) {
    if !ARN.partitions.contains(name) { throw SettingError("must be one of " + ARN.partitions.joined(separator: ", ")) }
  }

  /// Throws unless the text is 12 digits, which may start with zeros.
  static func checkAccountID(_ digits: String) throws(SettingError) {
    if !ARN.isAccountID(digits) {
      throw SettingError("must be 12 digits")
    }
  }

  /// Throws unless the name is 1 to 64 of `[A-Za-z0-9_+=,.@-]`.
  static func checkRoleName(_ name: String) throws(SettingError) {
    if !(1...64).contains(name.utf8.count) || !name.utf8.allSatisfy(ARN.isNameCharacter) {
      throw SettingError("must be a role's name: 1 to 64 letters, digits and _+=,.@-")
    }
  }
}
