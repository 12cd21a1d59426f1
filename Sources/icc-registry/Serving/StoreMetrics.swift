import Registry
import RegistryAPI
import SQLiteKit

extension StoreStatistics {
  /// The store's state and counts for `/metrics`.
  var metrics: [Metric] {
    common + (connections?.metrics ?? fileMetrics) + (replication?.metrics ?? []) + (replica?.metrics ?? [])
  }

  private var common: [Metric] {
    [
      Metric("icc_registry_writes_waiting", .gauge, help: "Writes that wait for the writer.", Double(waitingWrites)),
      Metric("icc_registry_writes_per_commit", help: "Writes that share a commit.", histograms: [([], batches)]),
      Metric(
        "icc_registry_commit_duration_seconds", help: "Time of a commit, including its sync.",
        histograms: [([], commits)]),
      Metric(
        "icc_registry_iccs", .gauge, help: "ICCs that are not deleted, by status.", by: "status",
        ICCStatus.allCases.map { (key: $0, value: iccs[$0] ?? 0) }, text: \.rawValue),
      Metric(
        "icc_registry_shared_role_alarms_total", .counter,
        help: "How often an organisation named a role that another one uses.", Double(sharedRoleAlarms)),
      Metric(
        "icc_registry_alarms", .gauge, help: "ICCs with an alarm about their role: held, or only listed.", by: "state",
        [(key: "held", value: heldICCs), (key: "listed", value: listedAlarms)], text: { $0 }),
      Metric(
        "icc_registry_audit_head", .gauge, help: "The last event of the audit trail, with its hash.",
        samples: [.init(Double(auditHead.sequence), labels: [("hash", auditHead.hashText)])]),
      Metric(
        "icc_registry_store_errors_total", .counter, help: "Failed reads and commits, by error.", by: "error",
        StoreError.allCases.map { (key: $0, value: errors[$0] ?? 0) }, text: { "\($0)" }),
      Metric(
        "icc_registry_store_failing", .gauge,
        help: "1 if the last commit failed, or a read in the last 10 seconds, with its error.", by: "error",
        StoreError.allCases.map { (key: $0, value: lastError == $0 ? 1 : 0) }, text: { "\($0)" }),
      Metric("icc_registry_database_bytes", .gauge, help: "Size of the database.", Double(databaseBytes)),
    ]
  }

  /// The metrics of a store in files.
  private var fileMetrics: [Metric] {
    [
      Metric(
        "icc_registry_sync_duration_seconds", help: "Time of a sync of the write-ahead log or of the database file.",
        histograms: SyncTimes.all.map { ([("file", $0.file.rawValue)], $0.times) }),
      Metric("icc_registry_database_free_pages", .gauge, help: "Unused pages in the database file.", Double(freePages)),
      Metric("icc_registry_wal_bytes", .gauge, help: "Size of the write-ahead log.", Double(logBytes)),
      Metric(
        "icc_registry_checkpoint_age_seconds", .gauge, help: "Time since the last checkpoint, or since the start.",
        checkpointAge),
      Metric(
        "icc_registry_backup_age_seconds", .gauge, help: "Time since the last backup; +Inf if there was none.",
        lastBackup.map { max(0, Double(Timestamp.now.milliseconds - $0.milliseconds) / 1000) } ?? .infinity),
    ]
  }
}

extension StoreStatistics.Replication {
  /// The metrics of a store on a server.
  fileprivate var metrics: [Metric] {
    let lag = lagMilliseconds.map { milliseconds in
      Metric(
        "icc_registry_database_replication_lag_seconds", .gauge,
        help: "Replication lag of the database server if it is a standby, or else of its slowest standby.",
        max(0, Double(milliseconds) / 1000))
    }
    return [
      Metric(
        "icc_registry_database_primary", .gauge, help: "1 if the database server is the primary, 0 if it is a standby.",
        isPrimary ? 1 : 0),
      Metric(
        "icc_registry_database_standbys", .gauge, help: "Standbys that are connected to the database server.",
        Double(standbys)),
    ] + [lag].compactMap { $0 }
  }
}

extension StoreStatistics.Connections {
  /// The metrics of a store on a server.
  fileprivate var metrics: [Metric] {
    [
      Metric(
        "icc_registry_database_connections", .gauge, help: "Connections to the database server for reads, by state.",
        by: "state", [(key: "idle", value: idle), (key: "in-use", value: inUse)], text: { $0 }),
      Metric(
        "icc_registry_database_connections_max", .gauge,
        help: "The maximum number of connections to the database server for reads.", Double(max)),
    ]
  }
}

extension ReplicaStatus {
  /// The metrics of a standby that answers reads.
  fileprivate var metrics: [Metric] {
    let lag = lagBytes.map { bytes in
      Metric(
        "icc_registry_replica_lag_bytes", .gauge, help: "WAL that the standby for reads had not replayed.",
        Double(bytes))
    }
    return [
      Metric(
        "icc_registry_replica_state", .gauge,
        help: "1 for the state of the standby for reads. Unless it is in-use, all reads go to the primary.",
        by: "state", State.allCases.map { (key: $0, value: state == $0 ? 1 : 0) }, text: \.rawValue),
      Metric(
        "icc_registry_replica_reads_total", .counter,
        help: "Reads that were sent to the standby, by the server that answered them.", by: "server",
        [(key: "replica", value: reads), (key: "primary", value: fallbacks)], text: { $0 }),
    ] + [lag].compactMap { $0 }
  }
}
