import JSON
import Registry

extension ICCSetupKit {
  /// The configuration. Policies stand in here-documents, where HCL knows no escapes but those of
  /// templates (HCL Native Syntax Specification, "Template Expressions").
  var terraform: String {
    """
    # Import connector config \(icc.id): \(nameForComment)
    #
    # If the role exists already, first run:
    #   terraform import aws_iam_role.infosum_import \(Shell.quoted(roleName))

    terraform {
      required_providers {
        aws = {
          source  = "hashicorp/aws"
          version = ">= 4.0"
        }
      }
    }

    resource "aws_iam_role" "infosum_import" {
      name        = \(HCL.quoted(roleName))
      path        = \(HCL.quoted(rolePath))
      description = \(HCL.quoted(roleDescription))

      tags = {
        \(HCL.quoted(Self.tagKey)) = \(HCL.quoted(icc.id.text))
      }

      assume_role_policy = \(HCL.hereDocument(trustPolicy))
    }

    resource "aws_iam_role_policy" "infosum_import" {
      name = \(HCL.quoted(policyName))
      role = aws_iam_role.infosum_import.id

      policy = \(HCL.hereDocument(permissionPolicy))
    }

    output "user_arn" {
      description = "The ARN of the role: give it to InfoSum as User ARN."
      value       = aws_iam_role.infosum_import.arn
    }

    """
  }
}
