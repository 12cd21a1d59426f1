/// What readers that have stalled make a loop hold, in bytes: what each holds of its own, and each content that some share once.
struct HeldOutput {
  /// What one connection holds.
  struct Part: Equatable {
    /// Answers of its own that wait, and requests that have come behind them.
    var own = 0
    /// The address of a content that may be others' too; 0 where there is none. It is nobody else's while this connection holds it.
    var shared: UInt = 0
    /// The content's length.
    var sharedLength = 0

    static var nothing: Part { Part() }
  }

  private var holders: [UInt: Int] = [:]
  /// All of it.
  private(set) var total = 0

  /// A connection holds something else than before.
  mutating func change(from old: Part, to new: Part) {
    total += new.own - old.own
    guard old.shared != new.shared else { return }
    if old.shared != 0 { leave(old) }
    if new.shared != 0 { join(new) }
  }

  private mutating func join(_ part: Part) {
    let count = holders[part.shared, default: 0]
    if count == 0 { total += part.sharedLength }
    holders[part.shared] = count + 1
  }

  private mutating func leave(_ part: Part) {
    guard let count = holders[part.shared] else { return }
    holders[part.shared] = count > 1 ? count - 1 : nil
    if count == 1 { total -= part.sharedLength }
  }
}
