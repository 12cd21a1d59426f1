import AWSClient
import RegistryAPI

/// The source of InfoSum's AWS keys.
enum CredentialsChoice: String, CaseIterable, SettingValue {
  /// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`, as AWS's tools read
  /// them, or the same lines in a credential of systemd.
  case environment
  /// The ECS task's or EKS pod's role.
  case container
  /// The EC2 instance's role.
  case instance
  /// No keys: nothing can be verified.
  case none
}

extension RequireVerified: SettingValue {}

/// An endpoint instead of AWS's.
struct EndpointOverride: SettingValue, Equatable {
  static let form = "URL"
  let text: String

  /// AWS's endpoint.
  static let none = EndpointOverride()

  private init() { text = "" }

  init(text: String) throws(SettingError) {
    guard text.isEmpty || AWSEndpoint(configured: text) != nil else {
      throw SettingError(
        "must be https://HOST or https://HOST:PORT (http:// for a test), or empty for AWS's endpoint")
    }
    self.text = text
  }

  var endpoint: AWSEndpoint? { AWSEndpoint(configured: text) }
}

/// The address of a template for CloudFormation, or none.
struct TemplateURL: SettingValue, Equatable {
  static let form = "URL"
  let text: String

  /// No template.
  static let none = TemplateURL()

  private init() { text = "" }

  /// CloudFormation accepts up to 5,120 bytes for `TemplateURL`; the rest of a link needs room.
  init(text: String) throws(SettingError) {
    let isPrintable = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    let parts = text.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    let isAddress = parts.count == 4 && parts[0] == "https:" && parts[1].isEmpty && !parts[3].isEmpty
    let hasHost = isAddress && !parts[2].isEmpty && !parts[2].contains("@")
    guard text.isEmpty || (isPrintable && hasHost && text.utf8.count <= 1024) else {
      throw SettingError("must be https://HOST/PATH, or empty for no link")
    }
    self.text = text
  }
}

/// The path of a file, or none.
struct OptionalFile: SettingValue, Equatable {
  static let form = "FILE"
  let text: String

  /// No file.
  static let none = OptionalFile()

  private init() { text = "" }

  init(text: String) throws(SettingError) {
    guard !text.utf8.contains(0) else { throw SettingError("must be the path of a file, or empty") }
    self.text = text
  }
}

extension AWSName {
  /// Checks that this is a Region of any partition. Its partition is checked when all settings are
  /// known.
  static func checkRegion(_ name: String) throws(SettingError) {
    if !AWSPartition.allCases.contains(where: { AWSRegion(name, in: $0) != nil }) {
      throw SettingError("must be a Region's name, such as eu-west-1")
    }
  }
}
