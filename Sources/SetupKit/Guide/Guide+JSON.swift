import JSON

extension Guide {
  /// The guide as JSON, for programs that render it themselves, such as the console: an array of
  /// blocks with a `type` each; text is an array of spans, `{"text":…,"bold":…}` or
  /// `{"code":…,"bold":…}`. A heading names the step of the checklist that its section explains.
  func json(_ checklist: [ChecklistItem]) -> JSONValue {
    ["blocks": .array(blocks.map(Self.json)), "checklist": .array(checklist.map(\.json))]
  }

  private static func json(_ block: GuideBlock) -> JSONValue {
    switch block {
    case .title(let text): ["type": "title", "text": json(text)]
    case .heading(let text, let step): ["type": "heading", "text": json(text), "step": .string(step.rawValue)]
    case .paragraph(let text): ["type": "paragraph", "text": json(text)]
    case .trap(let text): ["type": "trap", "text": json(text)]
    case .check(let text): ["type": "check", "text": json(text)]
    case .steps(let steps): ["type": "steps", "steps": .array(steps.map(json))]
    case .values(let values):
      [
        "type": "values",
        "values": .array(values.map { ["name": .string($0.name), "value": .string($0.value)] }),
      ]
    case .code(let title, let file, let text):
      ["type": "code", "title": .string(title), "file": .string(file), "content": .string(text)]
    }
  }

  private static func json(_ text: GuideText) -> JSONValue {
    var isBold = false
    var spans: [JSONValue] = []
    for span in text.spans {
      switch span {
      case .words(let words): spans.append(["text": .string(words), "bold": .bool(isBold)])
      case .code(let value): spans.append(["code": .string(value), "bold": .bool(isBold)])
      case .boldMark: isBold.toggle()
      }
    }
    return .array(spans)
  }
}
