import AWSPolicy
package import JSON
package import Registry
import Text

/// The set-up kit of one ICC: everything that the customer must do in AWS, with the ICC's values,
/// as a guide, a shell script, a CloudFormation template and a Terraform configuration.
///
/// The role may be shared with other ICCs, and may have other uses. So the trust policy covers all
/// of the organisation's ICCs on the role, nothing that others use is replaced, and every name that
/// a kit stores contains the ICC's ID: two kits can be applied to one account in any order.
///
/// The permission policy is an inline one. A prefix of 1,024 bytes, each written as `${*}`, or many
/// filenames make it longer than the 6,144 characters of a managed policy, but it is always shorter
/// than the 10,240 of a role's inline policies. It is deleted with the role.
package struct ICCSetupKit: Sendable {
  /// The formats of the kit.
  package enum Format: String, Sendable, CaseIterable {
    /// A page to read, as Markdown, HTML or JSON.
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
  /// The ICCs in the trust policy, with the kit's own.
  let iccs: [ICC]
  /// The address of the published template for CloudFormation; nil if there is none.
  let templateURL: String?

  /// Creates the kit for an ICC. `others` are the organisation's live ICCs on the same role, which
  /// share its trust policy. `templateURL` is where the operator published the template of
  /// `QuickCreate`.
  package init(
    _ icc: ICC, _ connector: ConnectorIdentity, sharingRoleWith others: [ICC] = [], templateURL: String? = nil
  ) {
    self.icc = icc
    self.connector = connector
    self.templateURL = templateURL
    iccs = [icc] + (icc.userARN == nil ? [] : others.filter { $0.id != icc.id })
    merged = MergedTrustPolicy(iccs, connector)
  }

  /// The role's name: the User ARN's, or a suggestion for a draft.
  package var roleName: String { icc.userARN?.roleName ?? suggestedRoleName }

  /// The role's path, with a slash at both ends.
  package var rolePath: String { icc.userARN?.path ?? "/" }

  /// The name of the inline policy.
  package var policyName: String { "infosum-import-\(icc.id)" }

  /// Returns the text of a format, the guide as Markdown.
  package func text(_ format: Format) -> String {
    switch format {
    case .guide: guide.markdown
    case .cli: cli
    case .cloudformation: cloudFormation
    case .terraform: terraform
    }
  }

  /// The guide as an HTML page: no script, no external resources, its style in one `style` element.
  package var guideHTML: String { guide.html(title: guideTitle) }

  /// The guide as JSON, with the checklist, for programs that render it themselves.
  package var guideJSON: JSONValue { guide.json(checklist) }

  /// `infosum-import-`, the session name, and the end of the ICC's ID: several ICCs may have the
  /// same session name. A session name has only characters that role names allow.
  private var suggestedRoleName: String {
    let suffix = "-" + icc.id.text.suffix(8)
    return ("infosum-import-" + icc.sessionName.text).prefix(UserARN.maxRoleNameLength - suffix.utf8.count)
      + suffix
  }
}

extension ICCSetupKit {
  static let tagKey = "infosum-icc"

  var isShared: Bool { iccs.count > 1 }

  var trustPolicy: JSONValue { merged.document }

  var permissionPolicy: JSONValue { icc.permissionPolicy(connector) }

  var roleDescription: String { "Lets InfoSum import from the bucket \(icc.bucketName)" }

  /// The ICC's name for a comment in one line, with invisible characters written as code points.
  var nameForComment: String {
    icc.name.text.unicodeScalars.map { scalar in
      DeceptiveCharacter.isInvisible(scalar) ? "<\(CodePoint.number(scalar))>" : String(scalar)
    }.joined()
  }
}
