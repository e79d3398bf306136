using Liaison.Connectors;
using Liaison.Failures;
using Liaison.Identity;
using Liaison.Salesforce.Wire;

namespace Liaison.Salesforce.Schema;

/// <summary>Asks which organisation and user a credential is of, and whether the organisation speaks the pinned version.</summary>
internal sealed class AccountReader(SalesforceApi api, CredentialReach reach)
{
    private static readonly RowReader Organizations = new([SystemFields.Id]);

    internal async Task<Result<AccountIdentity>> IdentifyAsync(CancellationToken cancellationToken)
    {
        var asked = await api.GetAsync(
            CrmOperation.Identify, "userinfo", SalesforcePaths.UserInfo, DescribeJson.Default.UserDocument, cancellationToken);
        if (asked.Failure is { Kind: FailureKind.Forbidden })
        {
            // That address refuses an app without the scope id, and a session that has ended, with one and the same status. The
            // organisation itself tells which it is, and its id.
            asked = await OrganizationAsync(cancellationToken);
        }

        if (!asked.TryGet(out var user, out var refused))
        {
            return refused;
        }

        if (user.OrganizationId is not { Length: > 0 } organization || SalesforceId.Normalize(organization) is not { } account)
        {
            return new Failure(FailureKind.Unavailable, "Salesforce's answer does not name the organisation; try again.");
        }

        if ((await SpeaksAsync(cancellationToken)).Failure is { } unsupported)
        {
            return unsupported;
        }

        // The day's calls age out one by one over 24 hours, so that no time zone says when they begin anew.
        return new AccountIdentity(
            account,
            TimeZone: null,
            reach == CredentialReach.User ? "user's session" : "run-as user's session",
            reach,
            user.UserId is { } id ? SalesforceId.Normalize(id) : null,
            Scopes: null);
    }

    private async Task<Result<UserDocument>> OrganizationAsync(CancellationToken cancellationToken)
    {
        var sent = await api.SendAsync(
            new(CrmOperation.Identify, "organization", HttpMethod.Get, api.Paths.Query("SELECT Id FROM Organization")), cancellationToken);
        return sent.Then(answer => SalesforceApi.Parse(answer, Organizations.ReadPage)).Then<UserDocument>(
            page => new UserDocument(UserId: null, page.Rows is [var row, ..] ? row.Id : null));
    }

    // Said once at connecting, where it can be mended, rather than by a 410 in the middle of a run.
    private async Task<Result<Done>> SpeaksAsync(CancellationToken cancellationToken)
    {
        var read = await api.GetAsync(
            CrmOperation.Identify, "versions", SalesforcePaths.Versions, DescribeJson.Default.IReadOnlyListVersionDocument, cancellationToken);
        return read.Then<Done>(versions =>
        {
            var offered = versions.Select(version => version.Version).OfType<string>().ToList();
            return offered.Contains(api.Paths.Version[1..], StringComparer.Ordinal)
                ? Done.Value
                : new Failure(
                    FailureKind.Unsupported,
                    $"The organisation does not speak API version {api.Paths.Version}{(offered is [.., var newest] && newest.All(letter => char.IsAsciiDigit(letter) || letter == '.') ? $", its newest is v{newest}" : "")}; pin another one in the connection.");
        });
    }
}
