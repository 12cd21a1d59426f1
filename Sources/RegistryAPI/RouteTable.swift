/// All routes. Routing, access control and the OpenAPI document all use this table.
enum RouteTable {
  static let all =
    ICCRoutes.routes + LifecycleRoutes.routes + DocumentRoutes.routes + VerificationRoutes.routes + EventRoutes.routes
    + OrganisationRoutes.routes
    + TokenRoutes.routes + SessionRoutes.routes + OperationRoutes.routes + ConsoleRoutes.routes
}
