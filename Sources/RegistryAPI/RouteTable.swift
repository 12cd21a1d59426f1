/// Every route there is. Routing, the check of who may, and the OpenAPI document all read this table.
enum RouteTable {
  static let all =
    ICCRoutes.routes + LifecycleRoutes.routes + DocumentRoutes.routes + VerificationRoutes.routes + EventRoutes.routes
    + OrganisationRoutes.routes
    + TokenRoutes.routes + SessionRoutes.routes + OperationRoutes.routes + ConsoleRoutes.routes
}
