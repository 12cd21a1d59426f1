import Text

/// The AWS console of a partition: the addresses of the pages where a customer sets up the role.
///
/// IAM has no Region, and without a Region in the address the console opens the user's own. The
/// forms of the addresses are those that the console itself shows (November 2026).
struct AWSConsole {
  /// A page to open in the browser.
  struct Link {
    let title: String
    let url: String
  }

  private let host: String

  /// The console of a partition; nil for one whose console has no public address.
  init?(partition: String) {
    switch partition {
    case "aws": host = "console.aws.amazon.com"
    case "aws-cn": host = "console.amazonaws.cn"
    case "aws-us-gov": host = "console.amazonaws-us-gov.com"
    default: return nil
    }
  }

  /// The list of roles, with the button to create one.
  var roles: String { "https://\(host)/iam/home#/roles" }

  /// The tab of a role with its trust policy.
  func trustRelationships(ofRole name: String) -> String { role(name, "trust_relationships") }

  /// The tab of a role with its permissions.
  func permissions(ofRole name: String) -> String { role(name, "permissions") }

  /// The tab of a bucket with its policy.
  func permissions(ofBucket name: String) -> String {
    "https://\(host)/s3/buckets/\(PercentEncoding.encode(name))?tab=permissions"
  }

  /// The page of a KMS key, whose Region is in its ARN.
  func key(_ id: String, region: String) -> String {
    let region = PercentEncoding.encode(region)
    return "https://\(host)/kms/home?region=\(region)#/kms/keys/\(PercentEncoding.encode(id))"
  }

  /// The page that creates a stack from a template, with its parameters filled in.
  func quickCreate(_ values: QuickCreate, template: String) -> String {
    "https://\(host)/cloudformation/home#\(values.fragment(template: template))"
  }

  private func role(_ name: String, _ section: String) -> String {
    "https://\(host)/iam/home#/roles/details/\(PercentEncoding.encode(name))?section=\(section)"
  }
}
