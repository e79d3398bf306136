using System.Globalization;
using Liaison.Connectors;
using Liaison.Failures;
using Liaison.HubSpot.Wire;

namespace Liaison.HubSpot.Schema;

/// <summary>Lists owners, also those whose users have left: records still name them.</summary>
internal sealed class OwnerReader(HubSpotApi api)
{
    internal async Task<Result<IReadOnlyList<CrmUser>>> ListAsync(CancellationToken cancellationToken)
    {
        List<CrmUser> users = [];
        foreach (var archived in new[] { false, true })
        {
            string? after = null;
            do
            {
                var read = await api.GetAsync(
                    CrmOperation.Describe, "owners.list", api.Paths.Owners(archived, after), HubSpotJson.Default.OwnersDocument, cancellationToken);
                if (!read.TryGet(out var page, out var refused))
                {
                    return refused;
                }

                users.AddRange((page.Results ?? []).Select(owner => UserOf(owner, active: !archived)).OfType<CrmUser>());
                after = page.Paging?.Next?.After;
            }
            while (after is not null);
        }

        return users;
    }

    // A queue owns tickets and is nobody.
    private static CrmUser? UserOf(OwnerDocument owner, bool active) => owner.Id is null || owner.Type == "QUEUE" ? null : new(
        owner.Id,
        (owner.UserId ?? owner.UserIdIncludingInactive)?.ToString(CultureInfo.InvariantCulture),
        owner.Email ?? "",
        string.Join(' ', new[] { owner.FirstName, owner.LastName }.Where(part => !string.IsNullOrWhiteSpace(part))) is { Length: > 0 } name
            ? name : owner.Email ?? owner.Id,
        active,
        [.. (owner.Teams ?? []).Where(team => team.Id is not null).Select(team => new CrmTeam(team.Id!, team.Name ?? team.Id!, team.Primary is true))]);
}
