/// A string of a policy with its wildcards and variables.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
struct PolicyTemplate {
  enum Piece {
    case units([UInt32])
    case variable(key: String, fallback: String?)
  }

  /// The result of filling in a template for a request.
  enum Resolution {
    case pattern(WildcardPattern)
    /// A variable's key is not in the request and has no default: the text matches nothing.
    case missingVariable
    /// The value of a variable's key is unknown.
    case unknownVariable(String)
  }

  private(set) var pieces: [Piece] = []

  /// - Parameters:
  ///   - variables: whether `${…}` has a meaning: in documents of version 2012-10-17, and in
  ///   strings and ARNs.
  ///   - wildcards: whether `*` and `?` have one.
  init(_ text: String, variables: Bool, wildcards: Bool) {
    var units: [UInt32] = []
    let scalars = Array(text.unicodeScalars)
    var index = 0
    // Once no brace closes any more, none is looked for again: many openings take linear time.
    var mayClose = variables
    while index < scalars.count {
      let scalar = scalars[index]
      if mayClose, scalar == "$", index + 1 < scalars.count, scalars[index + 1] == "{" {
        if let end = scalars[(index + 2)...].firstIndex(of: "}") {
          append(scalars[(index + 2)..<end], &units)
          index = end + 1
          continue
        }
        mayClose = false
      }
      units.append(wildcards ? Self.unit(scalar) : scalar.value)
      index += 1
    }
    if !units.isEmpty { pieces.append(.units(units)) }
  }

  private static func unit(_ scalar: Unicode.Scalar) -> UInt32 {
    switch scalar {
    case "*": WildcardPattern.anyRun
    case "?": WildcardPattern.anyOne
    default: scalar.value
    }
  }

  private mutating func append(_ name: ArraySlice<Unicode.Scalar>, _ units: inout [UInt32]) {
    if name.count == 1, let only = name.first, only == "*" || only == "?" || only == "$" {
      units.append(only.value)
      return
    }
    pieces.append(.units(units))
    units = []
    let text = String(String.UnicodeScalarView(name))
    guard let comma = text.firstIndex(of: ",") else {
      pieces.append(.variable(key: text, fallback: nil))
      return
    }
    let fallback = text[text.index(after: comma)...].drop { $0 == " " }
    let quoted = fallback.count >= 2 && fallback.first == "'" && fallback.last == "'"
    pieces.append(
      .variable(key: String(text[..<comma]), fallback: quoted ? String(fallback.dropFirst().dropLast()) : nil))
  }

  /// Puts the request's values in. A value's own `*` is no wildcard.
  func resolve(_ context: RequestContext) -> Resolution {
    var units: [UInt32] = []
    for piece in pieces {
      switch piece {
      case .units(let more):
        units += more
      case .variable(let key, let fallback):
        switch context[key] {
        case .unknown, .present, .oneOf, .uniqueID: return .unknownVariable(key)
        // A key of several values cannot be used in a variable.
        case .values(let values) where values.count == 1: units += WildcardPattern.scalars(values[0])
        case .values, .absent:
          guard let fallback else { return .missingVariable }
          units += WildcardPattern.scalars(fallback)
        }
      }
    }
    return .pattern(WildcardPattern(units: units))
  }
}
