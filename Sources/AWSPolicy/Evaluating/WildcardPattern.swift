/// A pattern of characters, `*` for any run of them and `?` for any one.
struct WildcardPattern: Sendable {
  /// Marks that no Unicode scalar has the value of.
  static let anyRun: UInt32 = 0x11_0000
  static let anyOne: UInt32 = 0x11_0001

  /// Scalars and marks.
  var units: [UInt32]

  init(units: [UInt32]) {
    self.units = units
  }

  /// A pattern in which `*` and `?` are wildcards.
  init(_ text: String) {
    units = text.unicodeScalars.map { scalar in
      switch scalar {
      case "*": Self.anyRun
      case "?": Self.anyOne
      default: scalar.value
      }
    }
  }

  /// True if the whole text matches. When a character fails, only the last run is stretched: an
  /// earlier one has nothing to gain, so the time is bounded by the product of the lengths, and by
  /// the text's square.
  func matches(_ text: [UInt32], _ budget: StepBudget) -> Bool {
    var unit = 0
    var position = 0
    var steps = 1
    defer { budget.spend(steps) }
    var lastRun: (unit: Int, position: Int)?
    while position < text.count {
      steps += 1
      if unit < units.count, units[unit] == Self.anyRun {
        lastRun = (unit, position)
        unit += 1
      } else if unit < units.count, units[unit] == Self.anyOne || units[unit] == text[position] {
        unit += 1
        position += 1
      } else if let run = lastRun {
        unit = run.unit + 1
        position = run.position + 1
        lastRun = (run.unit, position)
      } else {
        return false
      }
    }
    return units[unit...].allSatisfy { $0 == Self.anyRun }
  }

  /// The scalars of a text.
  static func scalars(_ text: String) -> [UInt32] {
    text.unicodeScalars.map(\.value)
  }

  /// Lower case for comparison without case. AWS names and what IAM stores lie in Latin-1.
  static func lowercased(_ units: [UInt32]) -> [UInt32] {
    units.map { unit in
      switch unit {
      case 0x41...0x5A: unit + 0x20
      case 0xC0...0xD6, 0xD8...0xDE: unit + 0x20
      default: unit
      }
    }
  }

  /// The parts of an ARN or of a pattern of one, at the first five colons; `nil` if there are
  /// fewer.
  static func arnParts(_ units: [UInt32]) -> [ArraySlice<UInt32>]? {
    let parts = units.split(separator: 0x3A, maxSplits: 5, omittingEmptySubsequences: false)
    return parts.count == 6 ? parts : nil
  }

  /// The pattern of a resource with its missing fields completed by `*`: IAM stores `arn:aws:s3`
  /// and `arn:aws:s3:*`.
  var completedARN: WildcardPattern {
    let colons = units.count { $0 == 0x3A }
    guard colons >= 2, colons < 5 else { return self }
    return WildcardPattern(units: units + Array(repeating: [0x3A, Self.anyRun], count: 5 - colons).joined())
  }

  /// True if two ARNs match part by part, so that no wildcard reaches over a colon.
  /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
  func matchesARN(_ text: [UInt32], _ budget: StepBudget) -> Bool {
    guard let pattern = Self.arnParts(units), let parts = Self.arnParts(text) else { return false }
    return zip(pattern, parts).allSatisfy { WildcardPattern(units: Array($0)).matches(Array($1), budget) }
  }
}
