/// What the parts of InfoSum's own ARN must look like; from the IAM API reference, "Role".
enum AWSName {
  /// The partitions that AWS has.
  static let partitions = ["aws", "aws-cn", "aws-us-gov", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f"]

  /// One of AWS's partitions.
  static func checkPartition(_ name: String) throws(SettingFault) {
    if !partitions.contains(name) { throw SettingFault("must be one of " + partitions.joined(separator: ", ")) }
  }

  /// 12 digits; leading zeros exist.
  static func checkAccountID(_ digits: String) throws(SettingFault) {
    if digits.utf8.count != 12 || !digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      throw SettingFault("must be 12 digits")
    }
  }

  /// 1 to 64 of `[A-Za-z0-9_+=,.@-]`.
  static func checkRoleName(_ name: String) throws(SettingFault) {
    let others = Array("_+=,.@-".utf8)
    let isNameByte = { (byte: UInt8) in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || others.contains(byte)
    }
    if !(1...64).contains(name.utf8.count) || !name.utf8.allSatisfy(isNameByte) {
      throw SettingFault("must be a role's name: 1 to 64 letters, digits and _+=,.@-")
    }
  }
}
