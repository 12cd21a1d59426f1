import AWSPolicy
import Registry

/// The findings about one condition on `sts:ExternalId`.
struct ExternalIDFindings {
  /// The maximum number of values that are looked up and reported. A policy of 2,048 characters has
  /// room for 30 external IDs, and each look-up costs the caller a query.
  static let maxReportedValues = 40

  /// The length from which a part of an external ID is not a coincidence.
  static let minPartialLength = 16

  let subject: PolicyCheckSubject
  let condition: Policy.Condition
  private(set) var all: [CheckFinding] = []

  init(_ subject: PolicyCheckSubject, _ policy: Policy, _ condition: Policy.Condition) {
    self.subject = subject
    self.condition = condition
    guard let test = condition.test else { return }
    func holds(_ id: String?) -> Bool {
      PolicyEvaluator.holds(condition, of: policy, in: subject.trustContext(externalID: id)) == .yes
    }
    let right = holds(subject.externalID)
    let wrong = holds("wrong-external-id")
    if test.isNegated || test.comparison == .null && right == wrong && !right
      || !right && holds(nil) && test.comparison == .null
    {
      negated(right)
    } else if right, wrong {
      add(.trust(.externalIDAny), .error, "\(written) accepts every external ID.")
    } else if right {
      if holds(nil) {
        add(.trust(.externalIDOptional), .error, "\(written) also holds if no external ID is sent.")
      }
      operatorOf(test)
      for value in condition.values.prefix(Self.maxReportedValues) { extra(value, test) }
    } else if condition.values.isEmpty {
      add(.trust(.externalIDEmpty), .error, "The condition contains no external ID, so it never holds.")
    } else {
      for value in condition.values.prefix(Self.maxReportedValues) { foreign(value) }
    }
  }

  private var written: String { "The operator \(condition.operatorName.prefixForMessage)" }
  private var hint: String { "Write \"StringEquals\": {\"sts:ExternalId\": \"\(subject.externalID)\"}." }

  private mutating func add(
    _ code: FindingCode, _ severity: FindingSeverity, _ message: String, at position: PolicyPosition? = nil,
    hint other: String? = nil
  ) {
    all.append(CheckFinding(code, severity, at: position ?? condition.position, message, hint: other ?? hint))
  }

  private mutating func negated(_ right: Bool) {
    if right {
      add(
        .trust(.externalIDNotRequired), .error,
        "\(written) only rejects single values and accepts every other external ID.")
    } else {
      add(.trust(.externalIDInverted), .error, "\(written) rejects InfoSum's external ID and accepts others.")
    }
  }

  private mutating func operatorOf(_ test: ConditionOperator) {
    if test.comparison == .stringEqualsIgnoreCase {
      add(.trust(.externalIDIgnoreCase), .warning, "External IDs are case-sensitive, but this operator ignores case.")
    }
    if test.qualifier == .forAnyValue {
      add(
        .trust(.externalIDForAnyValue), .warning,
        "ForAnyValue is for keys with several values, but a request has one external ID.")
    }
  }

  /// A value in addition to the right one.
  private mutating func extra(_ value: Policy.Text, _ test: ConditionOperator) {
    let text = value.value
    if subject.externalIDs.contains(text) { return }
    if test.comparison == .stringEqualsIgnoreCase, subject.externalIDs.contains(text.lowercased()) { return }
    if test.comparison == .stringLike, text.contains("*") || text.contains("?") {
      add(.trust(.externalIDWeak), .warning, "This pattern matches other external IDs too.", at: value.position)
      return
    }
    let (code, message) = recognised(text)
    let isSibling = code == .trust(.externalIDOtherICC)
    add(
      code == .trust(.externalIDWrong) ? .trust(.externalIDNotOurs) : code, isSibling ? .info : .warning, message,
      at: value.position, hint: isSibling ? "Leave it as it is." : "Remove it if no one else uses it.")
  }

  /// A value where the right one should be.
  private mutating func foreign(_ value: Policy.Text) {
    if value.value.isEmpty {
      add(.trust(.externalIDEmpty), .error, "The external ID is empty.", at: value.position)
      return
    }
    let (code, message) = recognised(value.value)
    add(code, .error, message, at: value.position)
  }

  /// True if a value was meant to be this ICC's external ID: it differs in case, invisible
  /// characters or length, or is a retired ID of this ICC or the sample.
  static func isNear(_ text: String, _ subject: PolicyCheckSubject) -> Bool {
    if case .retired? = subject.recognise(text) { return true }
    let plain = UnexpectedCharacter.removed(from: text).lowercased()
    return text == ExternalID.sample.hex
      || subject.externalIDs.contains { right in
        plain.contains(right) || plain.utf8.count >= minPartialLength && right.contains(plain)
      }
  }

  /// Which external ID this is.
  private func recognised(_ text: String) -> (FindingCode, String) {
    if text == subject.pendingExternalID {
      return (
        .trust(.externalIDPending),
        "This is the pending external ID. InfoSum sends the current one until you promote the rotation."
      )
    }
    if text == ExternalID.sample.hex {
      return (.trust(.externalIDSample), "This is the sample external ID from InfoSum's documentation.")
    }
    if let variable = PolicyVariable.unreplaced(in: text) {
      return (.policy(.templateVariable), "\(variable) is a template variable that was not replaced.")
    }
    if text.hasPrefix("<"), text.hasSuffix(">") {
      return (.policy(.templateVariable), "\"\(text.prefixForMessage)\" is a placeholder that was not replaced.")
    }
    switch subject.recognise(text) {
    case .retired(let moment):
      return (
        .trust(.externalIDRetired),
        "This external ID was retired\(moment.map { " on \($0.description.prefix(10))" } ?? "")."
      )
    case .otherICC(let name):
      return (.trust(.externalIDOtherICC), "This is the external ID of another ICC of yours, \"\(name)\".")
    case nil: break
    }
    if let foreign = UnexpectedCharacter(in: text),
      UnexpectedCharacter.removed(from: text).lowercased() == subject.externalID
    {
      return (
        .trust(.externalIDInvisibleCharacter),
        "\(foreign.description) of this external ID, which is right without it."
      )
    }
    if text.lowercased() == subject.externalID {
      return (
        .trust(.externalIDCase), "External IDs are case-sensitive, and this one is not in lower case."
      )
    }
    if text.contains("*") || text.contains("?") {
      return (.trust(.externalIDLiteralWildcard), "With this operator, * and ? are ordinary characters.")
    }
    if text.contains(subject.externalID) {
      return (.trust(.externalIDExtraCharacters), "This contains the external ID and more characters around it.")
    }
    if text.utf8.count >= Self.minPartialLength, subject.externalID.contains(text) {
      return (
        .trust(.externalIDCutShort),
        "This is \(text.utf8.count) of the external ID's \(subject.externalID.utf8.count) characters."
      )
    }
    return (.trust(.externalIDWrong), "This is not the external ID that InfoSum sends.")
  }
}
