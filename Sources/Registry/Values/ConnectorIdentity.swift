/// InfoSum's own side in AWS: the role whose sessions assume the customers' roles. It comes from
/// the configuration.
package struct ConnectorIdentity: Hashable, Sendable {
  /// The AWS partition, such as `aws`; trust never crosses it.
  package let partition: String
  /// The 12 digits of InfoSum's account.
  package let accountID: String
  /// The name of InfoSum's role, without a path: an assumed-role ARN drops it.
  package let roleName: String

  /// An identity of the given parts, which the settings have checked.
  package init(
    partition: String = "aws", accountID: String = "134928160093", roleName: String = "InfoSumImportConnector"
  ) {
    self.partition = partition
    self.accountID = accountID
    self.roleName = roleName
  }

  /// The ARN of the one session that imports for the ICC with this session name: what the
  /// customer's trust policy names.
  package func principal(for sessionName: SessionName) -> String {
    "arn:\(partition):sts::\(accountID):assumed-role/\(roleName)/\(sessionName.text)"
  }
}
