/// Keys that requests are signed with. They describe themselves as nothing, so that no log or error
/// can hold them.
package struct AWSCredentials: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The access key's identifier, which each signed request names.
  package let accessKeyID: String
  let secretAccessKey: String
  let sessionToken: String?

  /// Keys of the given parts; temporary ones have a session token.
  package init(accessKeyID: String, secretAccessKey: String, sessionToken: String?) {
    self.accessKeyID = accessKeyID
    self.secretAccessKey = secretAccessKey
    self.sessionToken = sessionToken
  }

  /// Says that they are credentials.
  package var description: String { "AWS credentials" }
  /// The same.
  package var debugDescription: String { description }
  /// No members.
  package var customMirror: Mirror { Mirror(self, children: []) }
}
