/// CloudFormation's dynamic references, such as `{{resolve:ssm:NAME}}`: it replaces them with values
/// of the customer's account, wherever they are in a template. There is no escape for them
/// (AWS CloudFormation User Guide, "Get values stored in other services using dynamic references").
enum DynamicReference {
  /// True if a text may contain one.
  static func isPossible(in text: String) -> Bool { text.contains("{{resolve:") }
}
