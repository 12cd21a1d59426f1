import System

/// The waits of all connections, the longest first: a doubly linked list per kind over the
/// connections' slots, so that every change takes constant time. The lists give the next deadline,
/// and the connection to evict at the maximum.
struct WaitingLists {
  private struct Link {
    var previous: Int32 = -1
    var next: Int32 = -1
    var wait: Wait?
  }

  private struct Ends {
    var first: Int32 = -1
    var last: Int32 = -1
  }

  private var links: [Link] = []
  private var lists = [Ends](repeating: Ends(), count: Wait.Kind.allCases.count)

  /// Makes room for a slot's link.
  mutating func reserve(slot: Int) {
    while links.count <= slot { links.append(Link()) }
  }

  /// Moves the slot to the list of its wait; nil removes it. A wait must not have begun before the
  /// last one of its list.
  mutating func set(_ wait: Wait?, slot: Int) {
    if links[slot].wait == wait { return }
    remove(slot)
    if let wait { append(slot, wait) }
  }

  /// The slot that has waited longest in a list, and since when it has.
  func first(_ kind: Wait.Kind) -> (slot: Int, since: Instant)? {
    let slot = Int(lists[kind.rawValue].first)
    guard slot >= 0, let wait = links[slot].wait else { return nil }
    return (slot, wait.since)
  }

  /// The kind whose longest wait began first; nil if there are no waits.
  func oldest(of kinds: [Wait.Kind]) -> Wait.Kind? {
    var oldest: (kind: Wait.Kind, since: Instant)?
    for kind in kinds {
      guard let (_, since) = first(kind) else { continue }
      if oldest.map({ since < $0.since }) ?? true { oldest = (kind, since) }
    }
    return oldest?.kind
  }

  private mutating func remove(_ slot: Int) {
    guard let wait = links[slot].wait else { return }
    let link = links[slot]
    if link.previous >= 0 {
      links[Int(link.previous)].next = link.next
    } else {
      lists[wait.kind.rawValue].first = link.next
    }
    if link.next >= 0 {
      links[Int(link.next)].previous = link.previous
    } else {
      lists[wait.kind.rawValue].last = link.previous
    }
    links[slot] = Link()
  }

  private mutating func append(_ slot: Int, _ wait: Wait) {
    let last = lists[wait.kind.rawValue].last
    links[slot] = Link(previous: last, next: -1, wait: wait)
    lists[wait.kind.rawValue].last = Int32(slot)
    if last >= 0 {
      links[Int(last)].next = Int32(slot)
    } else {
      lists[wait.kind.rawValue].first = Int32(slot)
    }
  }
}
