import JSON

/// One step of an ICC's checklist.
struct ChecklistItem {
  /// The step.
  let step: SetupStep
  /// The step's name, as an instruction.
  let title: String
  /// The state.
  let state: SetupStep.State
  /// The error that the last verification found, and the remedy; nil if there is none.
  let detail: String?
  /// The pages of the AWS console where the step is performed.
  let links: [AWSConsole.Link]

  /// The item as the guide's JSON has it.
  var json: JSONValue {
    [
      "step": .string(step.rawValue), "title": .string(title), "by": .string(step.performer.rawValue),
      "state": .string(state.rawValue), "detail": detail.map(JSONValue.string) ?? .null,
      "isOptional": .bool(step == .check),
      "links": .array(links.map { ["title": .string($0.title), "url": .string($0.url)] }),
    ]
  }
}
