import PostgreSQLKit
import RegistryStorage
import Testing

/// The tables that `copy` copies are those that the schema has.
@Suite struct CopiedTableTests {
  @Test func `every column of the schema is copied, or is made from another one`() throws {
    let found = try StoreUnderTest().connection().rows(
      """
      SELECT table_name || '.' || column_name FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name NOT IN ('migrations', 'writers', 'leases')
      """
    ) { $0.text(0) }
    let copied = CopiedTable.all.flatMap { table in table.columns.map { "\(table.name).\($0.name)" } }
    #expect(Set(found).subtracting(copied) == ["iccs.description_folded", "iccs.prefix_folded"])
    #expect(Set(copied).subtracting(found) == [] && Set(copied).count == copied.count)
  }
}
