import Registry
import RegistryStorage
import System

extension ImportRun {
  /// A file that was checked.
  struct CheckedFile {
    var counts = Counts()
    /// The SHA-256 in lowercase hexadecimal digits.
    let hash: String
    /// Its state when it was checked.
    let stamp: Descriptor.Stamp
  }

  /// Checks every entry against the rules, the other entries and the registry. Prints each error,
  /// and writes nothing.
  func check(_ store: any DatabaseStore) throws -> CheckedFile {
    var reader = try reading { () throws(SystemError) in try EntryReader(path, format) }
    let stamp = try reading { () throws(SystemError) in try reader.stamp() }
    var (counts, repeated) = (Counts(), RepeatedValues())
    while true {
      let entries = try reading { () throws(SystemError) in try reader.next(Self.batchCount) }
      if entries.isEmpty { break }
      let now = Timestamp.now
      try store.read { registry in
        for entry in entries { try check(entry, now, &repeated, registry, &counts) }
      }
      show("checked", reader.readBytes)
    }
    return CheckedFile(counts: counts, hash: reader.hash(), stamp: stamp)
  }

  private func check(
    _ entry: TransferEntry, _ now: Timestamp, _ repeated: inout RepeatedValues, _ registry: any RegistryReader,
    _ counts: inout Counts
  ) throws {
    var errors: [Diagnostic] = []
    do {
      let values = try values(of: entry, at: now)
      errors = repeated.note(values, line: entry.line)
      if try ICCLifecycle.imported(values, in: registry) != nil { counts.unchanged += 1 } else { counts.new += 1 }
    } catch let error as InvalidValue {
      errors = error.diagnostics
    } catch LifecycleError.invalid(let found) {
      errors += found
    }
    guard !errors.isEmpty else { return }
    counts.invalid += 1
    report(errors, line: entry.line)
  }
}
