import JSON
import Registry

extension ICCSetupKit {
  /// The configuration. Policies are here-documents, in which HCL has only template escapes (HCL
  /// Native Syntax Specification, "Template Expressions").
  ///
  /// It has no `terraform` block, and every name contains the ICC's ID, so that the configurations
  /// of several ICCs can be in one module.
  var terraform: String {
    """
    # Import connector config \(icc.id): \(nameForComment)
    #
    # Requires the provider hashicorp/aws 4.0 or later.
    # If the role exists, do one of these:
    #   - Set \(existingRole) to its name. The permission policy is attached to it; add the
    #     trust policy as the guide describes.
    #   - Import it, if Terraform should manage it and its trust policy:
    #     terraform import \(Shell.quoted("aws_iam_role.\(label)[0]")) \(Shell.quoted(roleName))

    variable \(HCL.quoted(existingRole)) {
      description = "The name of an existing role, or empty to create the role."
      type        = string
      default     = ""
    }

    resource "aws_iam_role" \(HCL.quoted(label)) {
      count = var.\(existingRole) == "" ? 1 : 0

      name        = \(HCL.quoted(roleName))
      path        = \(HCL.quoted(rolePath))
      description = \(HCL.quoted(roleDescription))

      tags = {
        \(HCL.quoted(Self.tagKey)) = \(HCL.quoted(icc.id.text))
      }

      assume_role_policy = \(HCL.hereDocument(trustPolicy))
    }

    resource "aws_iam_role_policy" \(HCL.quoted(label)) {
      name = \(HCL.quoted(policyName))
      role = one(concat(aws_iam_role.\(label)[*].id, var.\(existingRole) == "" ? [] : [var.\(existingRole)]))

      policy = \(HCL.hereDocument(permissionPolicy))
    }

    output "user_arn_\(icc.id)" {
      description = "The ARN of the created role. Enter it at InfoSum as the User ARN."
      value       = one(aws_iam_role.\(label)[*].arn)
    }

    """
  }

  private var label: String { "infosum_import_\(icc.id)" }
  private var existingRole: String { "existing_role_\(icc.id)" }
}
