import PostgreSQLKit
import Registry

extension PostgreSQLWriter {
  /// The server's clock counts, which all instances share. An instance that is lost loses its
  /// lease when it expires.
  func takeLease(of job: LeasedJob, seconds: Int) throws(StoreError) -> Bool {
    let now: PostgreSQLQuery = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"
    let changed = try change(
      """
      INSERT INTO leases (job, holder, expires_at) VALUES (\(job.rawValue), \(instance), \(now) + \(seconds * 1000))
      ON CONFLICT (job) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at
      WHERE leases.holder = excluded.holder OR leases.expires_at <= \(now)
      """)
    return changed == 1
  }
}
