import AWSPolicy
import JSON
package import Registry
import Text

/// Everything that the customer must do in AWS for one ICC, with its values filled in: as a guide
/// to read, as a shell script, as a CloudFormation template and as a Terraform configuration. For a
/// draft the kit creates the role.
///
/// The permission policy is an inline one. A prefix of 1,024 bytes, each written as `${*}`, makes
/// it longer than the 6,144 characters of a managed policy, and always shorter than the 10,240 of a
/// role's inline policies; and it goes when the role goes. Its name holds the ICC's identifier, so
/// that ICCs that share a role leave each other's alone.
package struct ICCSetupKit: Sendable {
  /// What the kit can be had as.
  package enum Format: String, Sendable, CaseIterable {
    /// A page to read, as Markdown or HTML.
    case guide
    /// A POSIX shell script that runs the AWS CLI.
    case cli
    /// A CloudFormation template in JSON.
    case cloudformation
    /// A Terraform configuration.
    case terraform
  }

  let icc: ICC
  let connector: ConnectorIdentity
  let merged: MergedTrustPolicy
  let isShared: Bool

  /// The kit for an ICC. `others` are the organisation's other live ICCs on the same role: the role
  /// has one trust policy for all of them, and a kit that knew only its own would shut the others
  /// out.
  package init(_ icc: ICC, _ connector: ConnectorIdentity, sharingRoleWith others: [ICC] = []) {
    self.icc = icc
    self.connector = connector
    let sharing = icc.userARN == nil ? [] : others.filter { $0.id != icc.id }
    merged = MergedTrustPolicy([icc] + sharing, connector)
    isShared = !sharing.isEmpty
  }

  /// The role's name: the User ARN's, or the one that is proposed for a draft.
  package var roleName: String { icc.userARN?.roleName ?? proposedRoleName }

  /// The role's path, with a slash at both ends.
  package var rolePath: String { icc.userARN?.path ?? "/" }

  /// The name of the inline policy.
  package var policyName: String { "infosum-import-\(icc.id)" }

  /// The text of a format, the guide as Markdown.
  package func text(_ format: Format) -> String {
    switch format {
    case .guide: guide.markdown
    case .cli: cli
    case .cloudformation: cloudFormation
    case .terraform: terraform
    }
  }

  /// The guide as a page for a browser: no script, nothing loaded, its style in one `style`
  /// element.
  package var guideHTML: String { guide.html(title: guideTitle) }

  /// `infosum-import-` and the session name, whose characters are those of role names. Where that
  /// is longer than 64 characters the end of the ICC's identifier keeps names apart that begin
  /// alike.
  private var proposedRoleName: String {
    let name = "infosum-import-" + icc.sessionName.text
    guard name.utf8.count > UserARN.maxRoleNameLength else { return name }
    return name.prefix(UserARN.maxRoleNameLength - 9) + "-" + icc.id.text.suffix(8)
  }
}

extension ICCSetupKit {
  static let tagKey = "infosum-icc"

  var trustPolicy: JSONValue { merged.document }

  var permissionPolicy: JSONValue { icc.permissionPolicy(connector) }

  var roleDescription: String { "Lets InfoSum import from the bucket \(icc.bucketName)" }

  /// The ICC's name for a comment of one line: characters that nobody sees are spelled out.
  var nameForComment: String {
    icc.name.text.unicodeScalars.map { scalar in
      DeceptiveCharacter.isInvisible(scalar) ? "<\(CodePoint.number(scalar))>" : String(scalar)
    }.joined()
  }
}
