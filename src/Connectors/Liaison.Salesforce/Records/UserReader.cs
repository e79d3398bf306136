using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Salesforce.Soql;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Records;

/// <summary>Lists the users who may own records, also those who have left: records still name them.</summary>
internal sealed class UserReader(RowSource rows)
{
    private static readonly string[] Fields = ["Id", "Email", "Name", "IsActive", "UserRoleId", "UserRole.Name"];

    internal async Task<Result<IReadOnlyList<CrmUser>>> ListAsync(CancellationToken cancellationToken)
    {
        // Portal guests and the platform's own users own nothing that a person works with.
        var soql = $"SELECT {string.Join(", ", Fields)} FROM User WHERE UserType = 'Standard' ORDER BY Id";
        var read = await rows.AllAsync(CrmOperation.Describe, "users.list", soql, Fields, cancellationToken);
        return read.Then(found => Result<IReadOnlyList<CrmUser>>.Of([.. found.Select(UserOf)]));
    }

    private static CrmUser UserOf(SalesforceRow row)
    {
        var role = SalesforceId.Normalize(Text(row, "UserRoleId"));

        return new(
            row.Id,
            row.Id,
            Text(row, "Email"),
            Text(row, "Name"),
            Text(row, "IsActive") == "true",
            role is null ? [] : [new CrmTeam(role, Text(row, "UserRole.Name") is { Length: > 0 } name ? name : role, Primary: true)]);
    }

    private static string Text(SalesforceRow row, string field) => row.Values.GetValueOrDefault(field).Raw ?? "";
}
