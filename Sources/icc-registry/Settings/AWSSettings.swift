import AWSClient

/// Where InfoSum's own AWS keys come from.
enum CredentialsChoice: String, CaseIterable, SettingValue {
  /// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`, as all of AWS's tools read them.
  case environment
  /// The ECS task's or EKS pod's role.
  case container
  /// The EC2 instance's role.
  case instance
  /// Nowhere: nothing is verified.
  case none
}

/// An endpoint in place of AWS's own.
struct EndpointOverride: SettingValue, Equatable {
  static let form = "URL"
  let text: String

  /// AWS's own.
  static let none = EndpointOverride()

  private init() { text = "" }

  init(text: String) throws(SettingFault) {
    guard text.isEmpty || AWSEndpoint(configured: text) != nil else {
      throw SettingFault(
        "must be https://HOST or https://HOST:PORT (http:// for a test's peer), or empty for AWS's own")
    }
    self.text = text
  }

  var endpoint: AWSEndpoint? { AWSEndpoint(configured: text) }
}

/// The path of a file, or none.
struct OptionalFile: SettingValue, Equatable {
  static let form = "FILE"
  let text: String

  /// No file.
  static let none = OptionalFile()

  private init() { text = "" }

  init(text: String) throws(SettingFault) {
    guard !text.utf8.contains(0) else { throw SettingFault("must be the path of a file, or empty") }
    self.text = text
  }
}

extension AWSName {
  /// A Region of any partition; that it is one of InfoSum's own is checked when all settings are known.
  static func checkRegion(_ name: String) throws(SettingFault) {
    if !AWSPartition.allCases.contains(where: { AWSRegion(name, in: $0) != nil }) {
      throw SettingFault("must be a Region's name, such as eu-west-1")
    }
  }
}
