/// A pattern of IAM as the test reads it: `*`, `?`, the escapes `${*}`, `${?}`, `${$}`, and nothing else special. Written
/// apart from the code that makes patterns, so that the two can disagree.
struct PolicyPattern {
  private enum Piece { case anyText, anyCharacter, character(Unicode.Scalar) }
  private var pieces: [Piece] = []
  /// True if a `${` was none of the three escapes: a variable, or half of one.
  private(set) var hasVariable = false

  init(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    var index = 0
    while index < scalars.count {
      if scalars[index] == "$", index + 3 < scalars.count, scalars[index + 1] == "{", scalars[index + 3] == "}",
        "*?$".unicodeScalars.contains(scalars[index + 2])
      {
        pieces.append(.character(scalars[index + 2]))
        index += 4
        continue
      }
      switch scalars[index] {
      case "*": pieces.append(.anyText)
      case "?": pieces.append(.anyCharacter)
      case "$":
        hasVariable = true
        pieces.append(.character("$"))
      case let scalar: pieces.append(.character(scalar))
      }
      index += 1
    }
  }

  /// True if the whole text matches.
  func matches(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    var reached: Set<Int> = [0]
    for piece in pieces {
      switch piece {
      case .anyText: reached = Set((reached.min() ?? scalars.count + 1)...scalars.count)
      case .anyCharacter: reached = Set(reached.filter { $0 < scalars.count }.map { $0 + 1 })
      case .character(let wanted):
        reached = Set(reached.filter { $0 < scalars.count && scalars[$0] == wanted }.map { $0 + 1 })
      }
      if reached.isEmpty { return false }
    }
    return reached.contains(scalars.count)
  }
}
