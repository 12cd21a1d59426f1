/// Kleene's three state values: what turns on something unknown is unknown, unless it is settled
/// without it.
package enum TriState: Sendable, Hashable {
  case no
  case unknown
  case yes

  init(_ value: Bool) {
    self = value ? .yes : .no
  }

  static prefix func ! (value: TriState) -> TriState {
    switch value {
    case .yes: .no
    case .no: .yes
    case .unknown: .unknown
    }
  }

  static func && (left: TriState, right: @autoclosure () -> TriState) -> TriState {
    switch left {
    case .no:
      return .no
    case .yes:
      return right()
    case .unknown:
      if case .no = right() { return .no }
      return .unknown
    }
  }
}

extension Sequence {
  /// Yes if the test holds for any element, no if it holds for none.
  func anyIs(_ test: (Element) -> TriState) -> TriState {
    var result = TriState.no
    for element in self {
      switch test(element) {
      case .yes: return .yes
      case .unknown: result = .unknown
      case .no: break
      }
    }
    return result
  }

  /// Yes if the test holds for all elements, no if it fails for one.
  func allAre(_ test: (Element) -> TriState) -> TriState {
    !anyIs { !test($0) }
  }
}
