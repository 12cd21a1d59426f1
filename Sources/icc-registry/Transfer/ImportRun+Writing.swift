import Registry
import RegistryStorage
import System

extension ImportRun {
  /// An entry that the registry no longer accepts: it changed after the check.
  private struct Conflict: Error {
    let line: Int
    let errors: [Diagnostic]
  }

  /// Imports the entries of a checked file, one transaction for each batch. What earlier runs have
  /// imported stays, so that a run that was interrupted can be repeated.
  func write(_ file: CheckedFile, to store: any DatabaseStore) throws -> Counts {
    var reader = try reading { () throws(SystemError) in try EntryReader(path, format) }
    let identifiers = IdentifierSource(after: try store.maxIdentifier())
    var counts = Counts()
    while true {
      let entries = try reading { () throws(SystemError) in try reader.next(Self.batchCount) }
      if entries.isEmpty { return counts }
      let now = Timestamp.now
      let items = try items(entries, now)
      guard let items, try reading({ () throws(SystemError) in try reader.stamp() }) == file.stamp else {
        throw interrupted(counts, "\(path) was changed while it was read")
      }
      do {
        let written = try Waiting.result { [self] in
          try await store.write(dryRun: false) { try add(items, identifiers, from: file.hash, now, to: $0) }
        }
        (counts.new, counts.unchanged) = (counts.new + written.new, counts.unchanged + written.unchanged)
        counts.held += written.held
      } catch let conflict as Conflict {
        report(conflict.errors, line: conflict.line)
        throw interrupted(counts, "the registry was changed after the check")
      }
      show("imported", reader.readBytes)
    }
  }

  /// Returns the items of a batch; nil if an entry is not what was checked.
  private func items(_ entries: [TransferEntry], _ now: Timestamp) throws -> [Item]? {
    var items: [Item] = []
    for entry in entries {
      guard let values = try? values(of: entry, at: now) else { return nil }
      items.append(Item(line: entry.line, values: values))
    }
    return items
  }

  private func add(
    _ items: [Item], _ identifiers: IdentifierSource, from hash: String, _ now: Timestamp,
    to writer: any RegistryWriter
  ) throws -> Counts {
    var counts = Counts()
    for item in items {
      do {
        let icc = try ICCLifecycle.importICC(
          item.values, id: identifiers.next(at: now), from: hash, .commandLine(now: now), in: writer)
        if let icc {
          counts.new += 1
          if icc.isHeld { counts.held += 1 }
        } else {
          counts.unchanged += 1
        }
      } catch LifecycleError.invalid(let errors) {
        throw Conflict(line: item.line, errors: errors)
      }
    }
    return counts
  }

  private func interrupted(_ counts: Counts, _ reason: String) -> CommandFailure {
    .failed("\(reason). \(counts.new) ICCs were imported before. Run the command again to import the others")
  }
}
