/// The errors of a policy document that do not depend on what the policy is for. The raw values are
/// stable.
package enum GrammarCode: String, CaseIterable, Sendable {
  case notAnObject = "not-an-object"
  case versionMissing = "version-missing"
  case versionOld = "version-old"
  case versionUnknown = "version-unknown"
  case statementMissing = "statement-missing"
  case elementUnknown = "element-unknown"
  case elementCase = "element-case"
  case wrongType = "wrong-type"
  case bothElements = "both-elements"
  case effect
  case effectMissing = "effect-missing"
  case sid
  case sidTwice = "sid-twice"
  case principalMissing = "principal-missing"
  case principalEmpty = "principal-empty"
  case principalEveryone = "principal-everyone"
  case principalKind = "principal-kind"
  case principalMalformed = "principal-malformed"
  case principalWildcard = "principal-wildcard"
  case serviceUnknown = "service-unknown"
  case actionMissing = "action-missing"
  case actionNotSTS = "action-not-sts"
  case actionVendor = "action-vendor"
  case actionColons = "action-colons"
  case actionUnknown = "action-unknown"
  case empty
  case resourceMissing = "resource-missing"
  case resourceNotARN = "resource-not-arn"
  case resourceVendor = "resource-vendor"
  case resourcePartition = "resource-partition"
  case prohibitedElement = "prohibited-element"
  case conditionOperator = "condition-operator"
  case conditionKey = "condition-key"
  case conditionDate = "condition-date"
  case character
  case tooLong = "too-long"
  case templateVariable = "template-variable"
  case conditionNeverHolds = "condition-never-holds"
}
