/// CloudFormation's dynamic references, such as `{{resolve:ssm:NAME}}`. CloudFormation replaces
/// them with values of the customer's account, wherever they are in a template, and has no escape
/// for them (its User Guide, "Get values stored in other services using dynamic references").
enum DynamicReference {
  /// True if a text may contain one.
  static func isPossible(in text: String) -> Bool { text.contains("{{resolve:") }
}
