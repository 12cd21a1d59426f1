package import System

/// The state of a store and its counts since it was opened. For metrics.
package struct StoreStatistics: Sendable {
  /// The writes that wait for the writer.
  package var waitingWrites = 0
  /// The number of writes for each commit.
  package var batches = Histogram(Histogram.batches)
  /// The seconds that a commit took, its sync included.
  package var commits = Histogram(Histogram.durations)
  /// The number of failed reads, writes and commits, by error.
  package var errors: [StoreError: Int] = [:]
  /// The error of the last commit, or else of a read in the last 10 seconds; nil if there is none.
  package var lastError: StoreError?
  /// The seconds since the last checkpoint, or since the start if there was none.
  package var checkpointAge: Double = 0
  /// The size of the database in bytes.
  package var databaseBytes: Int64 = 0
  /// The size of the write-ahead log in bytes.
  package var logBytes: Int64 = 0
  /// The pages in the database that contain nothing.
  package var freePages: Int64 = 0
  /// The live ICCs by status.
  package var iccs: [ICCStatus: Int] = [:]
  /// The number of times that an organisation named a role that another one uses.
  package var sharedRoleAlarms = 0
  /// The live ICCs with an alarm about their role that are held.
  package var heldICCs = 0
  /// The live ICCs with an alarm about their role that are not held.
  package var listedAlarms = 0

  /// The end of the audit trail.
  package var auditHead = AuditHead.start

  /// The connections of a pool by state.
  package struct Connections: Sendable {
    /// Open and not in use.
    package let idle: Int
    /// In use.
    package let inUse: Int
    /// The maximum number of both together.
    package let max: Int

    /// Creates the counts.
    package init(idle: Int, inUse: Int, max: Int) { (self.idle, self.inUse, self.max) = (idle, inUse, max) }
  }

  /// The state of replication of a database server.
  package struct Replication: Sendable {
    /// True if the server is the primary, false if it is a standby.
    package let isPrimary: Bool
    /// The number of standbys that are connected to the server.
    package let standbys: Int
    /// The replication lag in milliseconds: of this server if it is a standby, or else of its
    /// slowest standby; nil if there is none, or if the database's user may not read it.
    package let lagMilliseconds: Int64?

    /// Creates the state.
    package init(isPrimary: Bool, standbys: Int, lagMilliseconds: Int64?) {
      (self.isPrimary, self.standbys, self.lagMilliseconds) = (isPrimary, standbys, lagMilliseconds)
    }
  }

  /// The replication of the database server; nil for a store in a file, or if it cannot be read.
  package var replication: Replication?

  /// The state of the standby that answers reads; nil without one.
  package var replica: ReplicaStatus?

  /// The readers' connections to the database server; nil for a store in a file.
  package var connections: Connections?

  /// The time of the last backup; nil if there was none.
  package var lastBackup: Timestamp?

  /// The maximum number of ICCs of an organisation that are counted by their status.
  package static let maxICCsToCount = 10_000

  /// The statistics of a store that has done nothing.
  package init() {}
}
